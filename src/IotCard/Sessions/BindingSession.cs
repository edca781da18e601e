using IotCard.Client.Journaling;
using IotCard.Client.Rules;
using IotCard.Client.Running;
using IotCard.Client.Sending;
using IotCard.Texts;

namespace IotCard.Sessions;

/// <summary>The session of a command that changes bindings: the run and its journal.</summary>
internal sealed class BindingSession : RunSession
{
    private readonly OperationSender _sender;
    private readonly bool _stopsAtFailure;
    private List<Row> _rows = [];
    private int _next;

    private BindingSession(ServiceConnection connection, string accessKeyId, OperationSender sender, BindingOptions options, Journal? journal)
        : base(connection, [sender.Requests])
    {
        AccessKeyId = accessKeyId;
        _sender = sender;
        _stopsAtFailure = options.Run.StopsAtFailure;
        Run = new BindingRun(sender, options.Run);
        Journal = journal;
    }

    /// <summary>The masked id of the key that requests are signed with.</summary>
    internal string AccessKeyId { get; }

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

    /// <summary>Opens the journal and prepares the run.</summary>
    /// <param name="connection">The credential and the connections; disposed with the session, or here if there will be none.</param>
    /// <param name="options">How bindings are changed.</param>
    /// <param name="text">The texts.</param>
    /// <param name="stopped">Canceled when the pipeline is stopped.</param>
    /// <exception cref="IotCardException">The journal cannot be used.</exception>
    internal static BindingSession Open(ServiceConnection connection, BindingOptions options, Text text, CancellationToken stopped)
    {
        try
        {
            var key = connection.GetCredential(stopped).MaskedAccessKeyId;
            var journal = OpenJournal(options, JournalCaller.Current(key), text);
            var sender = new OperationSender(options.Sender, connection.Credentials, connection.Transport);
            return new BindingSession(connection, key, sender, options, journal);
        }
        catch
        {
            // Nobody else would clear its keys.
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Opens the named journal, or creates the run's own; null if none is to be kept.</summary>
    private static Journal? OpenJournal(BindingOptions options, JournalCaller caller, Text text)
    {
        var clock = options.Sender.Clock;
        return options.KeepsNoJournal ? null
            : options.JournalPath is { } path ? JournalAccess.Open(() => Journal.OpenAsync(path, options.Job, clock, caller).GetAwaiter().GetResult(), text)
            : AutomaticJournals.ForUser(Environment.GetEnvironmentVariable).CreateAsync(options.Job, clock, caller).GetAwaiter().GetResult();
    }

    /// <summary>Takes the rows of a plan, and records the list's hash and what the plan has found out about requests of an earlier run.</summary>
    /// <exception cref="IotCardException">The journal cannot be written.</exception>
    internal void Accept(List<Row> rows, string hash, Text text)
    {
        _rows = rows;
        Total = rows.Count;
        var news = rows.Where(static row => row is { IsFromJournal: false, Decision.Action: RowAction.Unknown, Record.Recorded.OpenIntent: not null }).ToList();
        JournalAccess.Open(
            () =>
            {
                var list = Journal?.RecordListAsync(hash) ?? Task.CompletedTask;
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
