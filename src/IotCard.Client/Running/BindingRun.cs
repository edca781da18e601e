using IotCard.Client.Cards;
using IotCard.Client.Journaling;
using IotCard.Client.Rules;
using IotCard.Client.Sending;

namespace IotCard.Client.Running;

/// <summary>
/// Performs operations concurrently. Rows that share a card or a device are performed one after the other, in input
/// order; all others overlap. Every row gets an outcome, however the run is stopped.
/// </summary>
internal sealed class BindingRun : Run<Row>
{
    private readonly object _gate = new();
    private readonly OperationSender _sender;
    private readonly RunOptions _options;
    private readonly DependencyQueue _queue = new();
    private readonly UnknownCards _unknownCards = new();
    private JournalException? _journalFailure;
    private RowOutcome? _stopCause;
    private bool _isStopped;
    private int _workers;
    private int _failures;
    private long _sequence;
    private long _sent;
    private long _recorded;

    /// <summary>Creates a run.</summary>
    /// <param name="sender">Performs single operations.</param>
    /// <param name="options">The run's limits.</param>
    internal BindingRun(OperationSender sender, RunOptions options)
        : base(options.Window)
    {
        _sender = sender;
        _options = options;
    }

    /// <inheritdoc/>
    public override string? AbortReason => _sender.Circuit.AbortReason;

    /// <summary>The outcome that stopped the run, if it stops at the first failure; null until then.</summary>
    internal RowOutcome? StopCause => Volatile.Read(ref _stopCause);

    /// <summary>How many rows this run has sent.</summary>
    internal long Sent => Interlocked.Read(ref _sent);

    /// <summary>How many rows it did not have to send, because the journal knew their outcomes.</summary>
    internal long Recorded => Interlocked.Read(ref _recorded);

    /// <summary>Why the journal can no longer be written; null while it can. Outcomes published after that may be missing from it.</summary>
    internal JournalException? JournalFailure => Volatile.Read(ref _journalFailure);

    /// <summary>
    /// Sends nothing new from now on: waiting rows are not sent, and rows that wait for a retry end with what is known
    /// of them. Requests in flight may still be answered. The first reason wins.
    /// </summary>
    /// <param name="reason">The code of what stops the run.</param>
    public override void Stop(string reason = OutcomeCode.Stopped)
    {
        _sender.Circuit.Abort(reason);
        lock (_gate)
        {
            if (_isStopped)
            {
                return;
            }

            _isStopped = true;
            _workers++;
        }

        base.Stop(reason);

        // In a stopped run a worker sends nothing: it settles the rows that wait.
        _ = WorkAsync();
    }

    /// <summary>Adds a row: it is performed by its decision, or, if it has its outcome already, published in order.</summary>
    /// <param name="row">A row that has passed <see cref="RowCheck"/>, or has its outcome.</param>
    /// <exception cref="ArgumentException">The row's IMEIs are invalid; nothing was added.</exception>
    internal void Add(Row row)
    {
        if (row.Outcome is { } outcome)
        {
            AddSettled(row, outcome);
            return;
        }

        DependencyQueue.Validate(row.Binding);
        lock (_gate)
        {
            _queue.Enqueue(new QueuedRow(row, Reserve(), ++_sequence));
            StartWorkers();
        }
    }

    private void AddSettled(Row row, RowOutcome outcome)
    {
        lock (_gate)
        {
            _unknownCards.Note(outcome, ++_sequence);
        }

        Counter.CountSettled();
        if (row.IsFromJournal)
        {
            Interlocked.Increment(ref _recorded);
        }

        Publish(Reserve(), row, outcome.Status);
        StopIfRequired(outcome, isOfThisRun: false);
    }

    private void StartWorkers()
    {
        for (var waiting = _queue.ReadyCount; waiting > 0 && _workers < _options.ThrottleLimit; waiting--)
        {
            _workers++;
            _options.StartWork(static run => _ = ((BindingRun)run!).WorkAsync(), this);
        }
    }

    private async Task WorkAsync()
    {
        while (TryTake(out var item, out var unsent))
        {
            RowOutcome outcome;
            try
            {
                outcome = unsent ?? await PerformAsync(item).ConfigureAwait(false);
            }
            catch (Exception failure)
            {
                outcome = NotSent(item.Row, failure);
            }

            outcome = DoubtRules.Conclude(item.Row, outcome);
            if (unsent is null)
            {
                StopIfRequired(outcome, isOfThisRun: true);
            }

            // While the outcome is being recorded, the place in flight is another row's.
            _ = SettleAsync(item, outcome);
            if (item.HasYieldedPlace)
            {
                break;
            }
        }
    }

    /// <summary>Takes the next row that waits for no other one.</summary>
    /// <param name="item">The row.</param>
    /// <param name="unsent">Its outcome, if it is not to be sent; otherwise null.</param>
    /// <returns>False if there is none; the worker then ends.</returns>
    private bool TryTake([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out QueuedRow? item, out RowOutcome? unsent)
    {
        lock (_gate)
        {
            unsent = null;
            if (!_queue.TryDequeue(out item))
            {
                _workers--;
                return false;
            }

            var row = item.Row;
            if (_isStopped)
            {
                unsent = RowOutcome.NotSent(row.Binding, OutcomeCode.NotSent, _sender.Now, AbortReason);
            }
            else if (_unknownCards.Hold(row, item.Sequence))
            {
                unsent = RowOutcome.NotSent(row.Binding, OutcomeCode.PredecessorUnknown, _sender.Now);
            }

            item.IsBegun = unsent is null;
            return true;
        }
    }

    private Task<RowOutcome> PerformAsync(QueuedRow item)
    {
        var row = item.Row;
        void Yield() => YieldPlace(item);
        return row.Resumed is { } intent
            ? _sender.ResumeAsync(row.Binding, intent, Stopped, Yield)
            : _sender.SendAsync(row.Binding, row.Record, Stopped, Yield);
    }

    /// <summary>The outcome of a row that failed before a request left: the sender throws nothing else, and what could not be recorded was not sent.</summary>
    private RowOutcome NotSent(Row row, Exception failure)
    {
        if (failure is JournalException journalFailure)
        {
            NoteJournalFailure(journalFailure);
            return RowOutcome.NotSent(row.Binding, journalFailure.Code, _sender.Now) with { Cause = failure };
        }

        return RowOutcome.NotSent(row.Binding, OutcomeCode.Unexpected, _sender.Now) with { Cause = failure };
    }

    /// <summary>A row that has to wait yields its place in flight to another one.</summary>
    private void YieldPlace(QueuedRow item)
    {
        lock (_gate)
        {
            if (!item.HasYieldedPlace)
            {
                item.HasYieldedPlace = true;
                _workers--;
                StartWorkers();
            }
        }
    }

    /// <summary>
    /// Settles a row: its outcome is recorded, then published, then the rows that waited for it are released. So a journal
    /// that has the intent of a later row of a card has the outcome of the earlier one.
    /// </summary>
    private async Task SettleAsync(QueuedRow item, RowOutcome outcome)
    {
        var row = item.Row;
        if (item.IsBegun && outcome.Attempts > 0)
        {
            Interlocked.Increment(ref _sent);
        }

        try
        {
            if (IsRecorded(item, outcome))
            {
                await row.Record!.RecordOutcomeAsync(outcome).ConfigureAwait(false);
            }
        }
        catch (JournalException failure)
        {
            NoteJournalFailure(failure);
        }

        row.Outcome = outcome;
        Publish(item.Place, row, outcome.Status);
        lock (_gate)
        {
            _unknownCards.Note(outcome, item.Sequence);
            _queue.Release(item);
            StartWorkers();
        }
    }

    /// <summary>
    /// A row in doubt whose request a later run may resend stays open in the journal, and one that this run did not even
    /// try to send stays what it was.
    /// </summary>
    private static bool IsRecorded(QueuedRow item, RowOutcome outcome) =>
        item.Row.Record is not null && !outcome.MayBeResent && (item.IsBegun || outcome.Status == OutcomeStatus.Failed);

    private void StopIfRequired(RowOutcome outcome, bool isOfThisRun)
    {
        if (outcome.Status != OutcomeStatus.Succeeded)
        {
            if (_options.StopsAtFailure)
            {
                Interlocked.CompareExchange(ref _stopCause, outcome, comparand: null);
                Stop(outcome.Code);
            }

            if (isOfThisRun && outcome.Attempts > 0 && Interlocked.Increment(ref _failures) > _options.MaximumFailureCount)
            {
                Stop(OutcomeCode.TooManyFailures);
            }
        }

        if (AbortReason is { } reason)
        {
            Stop(reason);
        }
    }

    private void NoteJournalFailure(JournalException failure)
    {
        Interlocked.CompareExchange(ref _journalFailure, failure, comparand: null);
        Stop(failure.Code);
    }
}
