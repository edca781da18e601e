using System.Management.Automation;
using IotCard.Client.Credentials.Resolution;
using IotCard.Client.Queries;
using IotCard.Client.Sending;
using IotCard.Errors;
using IotCard.Texts;

namespace IotCard.Commands;

/// <summary>
/// <c>Test-IotCardConnection</c>: asks the service once about a device that does not exist. A wrong key, a proxy or a
/// clock shows here, and not on a card.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "IotCardConnection")]
[OutputType(typeof(ConnectionInfo), typeof(bool))]
public sealed class TestIotCardConnectionCommand : ServiceCommand
{
    /// <summary>An IMEI that no device has: no manufacturer's type begins with zeros.</summary>
    private const string NoDevice = "000000000000000";

    private ServiceConnection? _connection;

    /// <summary>Writes True or False instead of an object.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <summary>Asks, and writes what came of it.</summary>
    protected override void EndProcessing()
    {
        Start(() =>
        {
            Announce(ServiceEndpoint.Check(Endpoint, Text));
            _connection = ServiceConnection.Open(this, Text);
        });
        using var sender = new QuerySender(_connection!.OptionsForOne(), _connection.Credentials, _connection.Transport);
        var outcome = sender.SendAsync(new DeviceApi(Endpoint).Exists(NoDevice), StopToken).GetAwaiter().GetResult();
        if (StopToken.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }

        Write(outcome, sender.Requests.Clock.Offset);
    }

    /// <summary>Gives the request up.</summary>
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

    /// <summary>Whether the service has taken the request; what it says of a device that does not exist is no matter.</summary>
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
        WriteObject(new ConnectionInfo(Endpoint, new CredentialText(Text).Of(CredentialResolver.Describe(_connection.Credentials)), key)
        {
            IsAccepted = isAccepted,
            Code = isAccepted ? OutcomeCode.Ok : outcome.Code,
            Message = isAccepted ? null : new OutcomeText(Text).Of(outcome),
            Latency = outcome.Elapsed,
            ClockOffset = clockOffset,
            RequestId = outcome.RequestId,
        });
        if (!isAccepted)
        {
            WriteError(new ErrorReport(Text).Of(outcome, "ConnectionTestFailed", Endpoint.Authority));
        }
    }
}
