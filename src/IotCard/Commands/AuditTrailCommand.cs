using System.Management.Automation;
using IotCard.Addresses;
using IotCard.Client.Queries;
using IotCard.Client.Settling;
using IotCard.Errors;
using IotCard.Output;
using IotCard.Sessions;
using RecordedEvent = IotCard.Client.Rules.AuditEvent;

namespace IotCard.Commands;

/// <summary>The base of the commands that look operations up in the account's audit trail.</summary>
public abstract class AuditTrailCommand : ServiceCommand
{
    private const int ActivityId = 1;

    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(250);

    private ServiceConnection? _connection;

    /// <summary>The region whose audit trail is looked up; <c>-Endpoint</c> and <c>$env:IOTCARD_ENDPOINT</c> take its place.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Region { get; set; } = AuditApi.DefaultRegion;

    /// <summary>Abandons the request in flight.</summary>
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

    private protected override Uri OwnEndpoint => RegionEndpoint.Find(Region, () => Text);

    /// <summary>Finds the credential.</summary>
    private protected void ConnectToTrail() => Start(() =>
    {
        CheckPolicy(AuditApi.Product, AuditApi.ActionName);
        Announce(Service);
        _connection = Connect();
    });

    /// <summary>The AccessKey that the lookup is signed with.</summary>
    private protected string AccessKeyId => _connection!.GetCredential(StopToken).AccessKeyId;

    /// <summary>Reads the events of a time, with progress. If that fails, the command ends with an error.</summary>
    private protected IReadOnlyList<RecordedEvent> ReadEvents(DateTimeOffset start, DateTimeOffset end)
    {
        WriteVerbose(Text.Format("AuditLookup", start.UtcDateTime, end.UtcDateTime, Service.Host));
        using var sender = new QuerySender(
            _connection!.Options with { MaximumInFlight = 1, RequestsPerSecond = AuditApi.RequestsPerSecond }, _connection.Credentials, _connection.Transport);
        var trail = new AuditTrail(sender, new AuditApi(Service.Address));
        var found = 0;
        var reading = trail.ReadAsync(start, end, count => Volatile.Write(ref found, count), StopToken);
        while (!Task.WaitAll([reading], ProgressInterval))
        {
            ShowProgress(Text.Format("AuditProgress", Volatile.Read(ref found)), secondsRemaining: null);
        }

        CompleteProgress();
        ThrowIfStopped();
        var outcome = reading.Result;
        if (outcome.Value is not { } events)
        {
            ThrowTerminatingError(new ErrorReport(Text).Create(outcome, "AuditLookupFailed", Service.Host));
            throw new InvalidOperationException();
        }

        WriteVerbose(Text.Format("AuditFound", events.Count));
        return events;
    }

    /// <summary>Shows for what the command waits, and how long, until it has waited.</summary>
    private protected void ShowWait(AuditJob job, Task wait)
    {
        do
        {
            ShowProgress(Text.Format("AuditWaiting", job.ReadyAt.LocalDateTime), Math.Max((int)Math.Ceiling(job.ReadyIn.TotalSeconds), 0));
        }
        while (Task.WaitAny([wait], ProgressInterval) < 0);

        CompleteProgress();
        ThrowIfStopped();
    }

    private void ThrowIfStopped()
    {
        if (StopToken.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }

    private void ShowProgress(string status, int? secondsRemaining)
    {
        var record = new ProgressRecord(ActivityId, Text.Get("AuditActivity"), status);
        if (secondsRemaining is { } seconds)
        {
            record.SecondsRemaining = seconds;
        }

        WriteProgress(MinimalView.Fit(Host, record));
    }

    private void CompleteProgress() =>
        WriteProgress(MinimalView.Fit(Host, new ProgressRecord(ActivityId, Text.Get("AuditActivity"), " ") { RecordType = ProgressRecordType.Completed }));
}
