using System.Management.Automation;
using IotCard.Client.Queries;
using IotCard.Client.Rules;
using IotCard.Output;
using IotCard.Prompts;
using IotCard.Texts;

namespace IotCard.Commands;

/// <summary><c>Register-IotCardDevice</c>: uploads devices, so that cards can be bound to them. It is idempotent.</summary>
[Cmdlet(VerbsLifecycle.Register, "IotCardDevice", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(DeviceRegistration))]
public sealed class RegisterIotCardDeviceCommand : DeviceCommand
{
    private Confirmation? _confirmation;

    /// <summary>The type of the device.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    public string? DeviceType { get; set; }

    /// <summary>Comments to store with the device.</summary>
    [Parameter(Position = 2, ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    public string? Comments { get; set; }

    private protected override string ActionName => DeviceApi.PostAction;

    private protected override void Take(string imei)
    {
        _confirmation ??= new Confirmation(this, Text);
        if (!_confirmation.ShouldProcess(new ServicePlace(Service, accessKeyId: null, Text).Mark(Text.Format("DeviceTarget", imei)), Text.Get("RegisterAction")))
        {
            return;
        }

        var (type, comments) = (DeviceType, Comments);
        Add(stop => Sender.SendAsync(Api!.Post(imei, type, comments), stop), outcome => Write(imei, type, comments, outcome));
    }

    private void Write(string imei, string? type, string? comments, QueryOutcome<bool> outcome)
    {
        // The service says OK but reports that the device was not uploaded.
        var final = outcome is { IsAnswered: true, Value: false } ? outcome with { Code = OutcomeCode.ModificationFailed } : outcome;
        WriteObject(new DeviceRegistration(
            imei, type, comments, final.IsAnswered, final.Code, final.IsAnswered ? final.Message : new OutcomeText(Text).Describe(final), final.RequestId));
        if (!final.IsAnswered)
        {
            WriteFailure(final, "RegistrationFailed", imei);
        }
    }
}
