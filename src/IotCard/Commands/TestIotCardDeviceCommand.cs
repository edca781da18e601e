using System.Management.Automation;
using IotCard.Client.Queries;
using IotCard.Input;

namespace IotCard.Commands;

/// <summary><c>Test-IotCardDevice</c>: checks whether devices were uploaded, so that cards can be bound to them. It changes nothing.</summary>
[Cmdlet(VerbsDiagnostic.Test, "IotCardDevice")]
[OutputType(typeof(DeviceCheck), typeof(bool))]
public sealed class TestIotCardDeviceCommand : DeviceCommand
{
    /// <summary>The devices' IMEIs, which can also be piped in as text: nothing is changed by asking for a wrong one.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("CurrentImei", "设备IMEI", "当前IMEI")]
    [PlainText]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public override string?[]? Imei { get; set; }

    /// <summary>Writes True or False instead of an object.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    private protected override string ActionName => DeviceApi.ExistAction;

    private protected override void Take(string imei) =>
        Add(stop => Sender.SendAsync(Api!.Exists(imei), stop), outcome =>
        {
            if (!outcome.IsAnswered)
            {
                WriteFailure(outcome, "DeviceTestFailed", imei);
            }
            else
            {
                WriteObject(Quiet ? outcome.Value : new DeviceCheck(imei, outcome.Value, outcome.RequestId));
            }
        });
}
