using System.Management.Automation;
using IotCard.Client.Credentials.Resolution;
using IotCard.Client.Queries;
using IotCard.Client.Rules;
using IotCard.Client.Sending;
using IotCard.Client.Service;
using IotCard.Errors;
using IotCard.Texts;

namespace IotCard.Commands;

/// <summary>
/// <c>Test-IotCardConnection</c>: queries the service once for a device that does not exist, so that problems with the
/// key, a proxy or the clock show here and not on a card.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "IotCardConnection")]
[OutputType(typeof(ConnectionInfo), typeof(bool))]
public sealed class TestIotCardConnectionCommand : ServiceCommand
{
    /// <summary>An IMEI that no device has: no type allocation code begins with zeros only.</summary>
    private const string NoDevice = "000000000000000";

    private ServiceConnection? _connection;

    /// <summary>Writes True or False instead of an object.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <summary>Sends the query and writes the result.</summary>
    protected override void EndProcessing()
    {
        Start(() =>
        {
            CheckPolicy(BindingApi.Product, DeviceApi.ExistAction);
            Announce(Service);
            _connection = ServiceConnection.Open(this, Text);
        });
        using var sender = new QuerySender(_connection!.OptionsForOne(), _connection.Credentials, _connection.Transport);
        var outcome = sender.SendAsync(new DeviceApi(Service.Address).Exists(NoDevice), StopToken).GetAwaiter().GetResult();
        if (StopToken.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }

        Write(outcome, sender.Requests.Clock.Offset);
    }

    /// <summary>Cancels the request.</summary>
    protected override void StopProcessing()
    {
        base.StopProcessing();
        _connection?.GiveUp();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            _connection?.Dispose();
        }
    }

    /// <summary>Whether the service accepted the request, whatever it says about the nonexistent device.</summary>
    private static bool IsAccepted(QueryOutcome<bool> outcome) =>
        outcome.IsAnswered || outcome is { IsRefusedByService: true, Code: OutcomeCode.EmptyResponse or "isv.ERROR_IMEI_ERROR" or "isv.INVALID_PARAMETERS" };

    private void Write(QueryOutcome<bool> outcome, TimeSpan clockOffset)
    {
        var isAccepted = IsAccepted(outcome);
        if (Quiet)
        {
            WriteObject(isAccepted);
            return;
        }

        var key = _connection!.Credentials.GetCredentialAsync(StopToken).AsTask().GetAwaiter().GetResult().MaskedAccessKeyId;
        WriteObject(new ConnectionInfo(Service.Address, new CredentialText(Text).Describe(CredentialResolver.Describe(_connection.Credentials)), key)
        {
            IsAccepted = isAccepted,
            Code = isAccepted ? OutcomeCode.Ok : outcome.Code,
            Message = isAccepted ? null : new OutcomeText(Text).Describe(outcome),
            Latency = outcome.Elapsed,
            ClockOffset = clockOffset,
            RequestId = outcome.RequestId,
        });
        if (!isAccepted)
        {
            WriteError(new ErrorReport(Text).Create(outcome, "ConnectionTestFailed", Service.Host));
        }
    }
}
