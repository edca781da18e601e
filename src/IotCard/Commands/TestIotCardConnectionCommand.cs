using System.Management.Automation;
using IotCard.Addresses;
using IotCard.Client.Credentials.Resolution;
using IotCard.Client.Queries;
using IotCard.Client.Rules;
using IotCard.Client.Service;
using IotCard.Errors;
using IotCard.Sessions;
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

    /// <summary>
    /// Tests instead whether the key may look operations up in the account's audit trail, so that a runbook knows before
    /// it needs it.
    /// </summary>
    [Parameter]
    public SwitchParameter AuditTrail { get; set; }

    /// <summary>The region of the audit trail.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Region { get; set; } = AuditApi.DefaultRegion;

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
            _connection = Connect();
        });
        using var sender = new QuerySender(
            _connection!.Options with { MaximumInFlight = 1, MaximumRetryCount = 0, OutageTimeout = TimeSpan.Zero }, _connection.Credentials, _connection.Transport);
        if (AuditTrail)
        {
            var now = TimeProvider.System.GetUtcNow();
            var events = Ask(sender, new AuditApi(Service.Address).LookUp(now.AddMinutes(-1), now, nextToken: null));
            Write(events, events.IsAnswered, sender.Requests.Clock.Offset);
        }
        else
        {
            var device = Ask(sender, new DeviceApi(Service.Address).Exists(NoDevice));
            Write(device, IsAccepted(device), sender.Requests.Clock.Offset);
        }
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

    private protected override Uri OwnEndpoint => AuditTrail ? RegionEndpoint.Find(Region, () => Text) : base.OwnEndpoint;

    private QueryOutcome<T> Ask<T>(QuerySender sender, ApiQuery<T> query)
    {
        var outcome = sender.SendAsync(query, StopToken).GetAwaiter().GetResult();
        return StopToken.IsCancellationRequested ? throw new PipelineStoppedException() : outcome;
    }

    /// <summary>Whether the service accepted the request, whatever it says about the nonexistent device.</summary>
    private static bool IsAccepted(QueryOutcome<bool> outcome) =>
        outcome.IsAnswered || outcome is { IsRefusedByService: true, Code: OutcomeCode.EmptyResponse or "isv.ERROR_IMEI_ERROR" or "isv.INVALID_PARAMETERS" };

    private void Write<T>(QueryOutcome<T> outcome, bool isAccepted, TimeSpan clockOffset)
    {
        if (Quiet)
        {
            WriteObject(isAccepted);
            return;
        }

        var key = _connection!.GetCredential(StopToken).MaskedAccessKeyId;
        WriteObject(new ConnectionInfo(Service.Address, new CredentialText(Text).Describe(CredentialResolver.Describe(_connection.Credentials)), key, outcome.Elapsed, clockOffset)
        {
            IsAccepted = isAccepted,
            Code = isAccepted ? OutcomeCode.Ok : outcome.Code,
            Message = isAccepted ? null : new OutcomeText(Text).Describe(outcome),
            RequestId = outcome.RequestId,
        });
        if (!isAccepted)
        {
            WriteError(new ErrorReport(Text).Create(outcome, "ConnectionTestFailed", Service.Host));
        }
    }
}
