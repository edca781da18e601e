using IotCard.Client.Journaling;
using IotCard.Client.Platform;
using IotCard.Client.Rules;
using IotCard.Client.Running;
using IotCard.Client.Sending;
using IotCard.Texts;

namespace IotCard.Commands;

/// <summary>The session of a command that changes bindings: the run and its journal.</summary>
internal sealed class BindingSession : RunSession
{
    private readonly OperationSender _sender;
    private readonly bool _stopsAtFailure;
    private List<Row> _rows = [];
    private int _next;

    private BindingSession(ServiceConnection connection, ServicePlace place, OperationSender sender, BindingRun run, Journal? journal, bool stopsAtFailure)
        : base(connection, [sender.Requests])
    {
        Place = place;
        _sender = sender;
        Run = run;
        Journal = journal;
        _stopsAtFailure = stopsAtFailure;
    }

    /// <summary>Where the requests go, and with whose key.</summary>
    internal ServicePlace Place { get; }

    internal BindingRun Run { get; }

    internal Journal? Journal { get; }

    /// <summary>Whether rows of the plan wait for room in the run.</summary>
    internal bool HasMore => _next < _rows.Count;

    /// <summary>The journal's file; null if the run keeps none, or has nothing in it yet.</summary>
    internal string? JournalPath => Journal is { IsKept: true } ? Journal.Path : null;

    internal bool IsJournalAutomatic => Journal?.IsAutomatic == true;

    /// <summary>Why the journal can no longer be written; null while it can.</summary>
    internal JournalException? JournalFailure => Run.JournalFailure ?? Journal?.Failure;

    internal override IRun CurrentRun => Run;

    /// <summary>Requests in flight are awaited for a moment only if there is a journal to record them.</summary>
    private protected override TimeSpan Grace => Journal is null ? TimeSpan.Zero : TimeSpan.FromSeconds(2);

    /// <summary>Finds the credential, opens the journal and prepares the senders.</summary>
    /// <exception cref="IotCardException">No credential is available, or the journal cannot be used.</exception>
    internal static BindingSession Open(BindingCommand command, JournalJob job, string? journalPath, Text text)
    {
        var connection = ServiceConnection.Open(command, text);
        var options = connection.OptionsFor(command, job.Endpoint, command.RequestsPerSecond, command.MidChannelId);
        var sender = new OperationSender(options, connection.Credentials, connection.Transport);
        var run = new BindingRun(sender, new RunOptions
        {
            ThrottleLimit = command.ThrottleLimit,
            StopsAtFailure = command.WillStop,
            MaximumFailureCount = command.MaximumFailureCount,
        });

        // Last, because a failure after this would leave the journal locked.
        var key = connection.Credentials.GetCredentialAsync(command.StopToken).AsTask().GetAwaiter().GetResult().MaskedAccessKeyId;
        var journal = OpenJournal(command, job, journalPath, options.Clock, JournalCaller.Current(key), text);
        return new BindingSession(connection, new ServicePlace(command.Service, key, text), sender, run, journal, command.WillStop);
    }

    /// <summary>Opens the named journal, or creates the run's own; null if none is to be kept.</summary>
    private static Journal? OpenJournal(BindingCommand command, JournalJob job, string? journalPath, TimeProvider clock, JournalCaller caller, Text text)
    {
        if (command.NoJournal)
        {
            return null;
        }

        if (journalPath is null)
        {
            return AutomaticJournals.ForUser(Environment.GetEnvironmentVariable).CreateAsync(job, clock, caller).GetAwaiter().GetResult();
        }

        var journal = OpenJournal(() => Journal.OpenAsync(journalPath, job, clock, caller).GetAwaiter().GetResult(), text);
        if (journal.Trust is { Reason: TrustReason.OtherOwner or TrustReason.WritableByOthers } found)
        {
            command.WriteWarning(text.Format("Journal" + found.Reason, journalPath, found.Place, found.Who));
        }

        return journal;
    }

    /// <summary>Takes the rows of a plan, and records the list's hash and what the plan has found out about requests of an earlier run.</summary>
    /// <exception cref="IotCardException">The journal cannot be written.</exception>
    internal void Accept(List<Row> rows, string? hash, Text text)
    {
        _rows = rows;
        Total = rows.Count;
        var news = rows.Where(static row => row is { IsFromJournal: false, Decision.Action: RowAction.Unknown, Record.Recorded.OpenIntent: not null }).ToList();
        OpenJournal(
            () =>
            {
                var list = Journal is null ? Task.CompletedTask : Journal.RecordListAsync(hash!);
                Task.WhenAll(news.Select(static row => (Task)row.Record!.RecordOutcomeAsync(row.Outcome!)).Prepend(list)).GetAwaiter().GetResult();
                return news.Count;
            },
            text);

        // Under -ErrorAction Stop the first error ends the pipeline: what cannot all be sent is not begun.
        if (_stopsAtFailure && rows.Find(static row => row.Outcome is { Status: not OutcomeStatus.Succeeded }) is { Outcome: { } refused })
        {
            Run.Stop(refused.Code);
        }
    }

    /// <summary>Passes on to the run as many rows as it has room for.</summary>
    internal void Feed()
    {
        while (HasMore && !Run.IsFull)
        {
            FeedOne();
        }
    }

    /// <summary>Passes on all that is left to a stopped run, so that every row gets its outcome.</summary>
    internal void FeedAll()
    {
        while (HasMore)
        {
            FeedOne();
        }
    }

    private void FeedOne()
    {
        var row = _rows[_next];
        Run.Add(row);

        // What was published is not needed any more.
        _rows[_next++] = null!;
    }

    private protected override void Close()
    {
        Journal?.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Run.Dispose();
        _sender.Dispose();
    }
}
