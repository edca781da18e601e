using IotCard.Client.Cards;
using IotCard.Client.Journaling;
using IotCard.Client.Rules;
using IotCard.Client.Sending;

namespace IotCard.Client.Running;

/// <summary>
/// Performs operations concurrently and publishes their outcomes in input order. Rows that share a card or a device are
/// performed one after the other, in input order; all others overlap. Every row gets an outcome, however the run is
/// stopped.
/// </summary>
/// <remarks>One thread adds rows and dequeues results; any thread may stop the run.</remarks>
public sealed class BindingRun : IRun
{
    private readonly object _gate = new();
    private readonly OperationSender _sender;
    private readonly RunOptions _options;
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationToken _stopped;
    private readonly OrderedResults<RunResult> _results;
    private readonly DependencyQueue _queue = new();
    private readonly RunCounter _counter = new();
    private readonly UnknownCards _unknownCards = new();
    private JournalException? _journalFailure;
    private RowOutcome? _stopCause;
    private bool _isStopped;
    private int _workers;

    /// <summary>Creates a run.</summary>
    /// <param name="sender">Performs single operations.</param>
    /// <param name="options">The run's limits.</param>
    public BindingRun(OperationSender sender, RunOptions options)
    {
        ArgumentNullException.ThrowIfNull(sender);
        ArgumentNullException.ThrowIfNull(options);

        _sender = sender;
        _options = options;
        _results = new OrderedResults<RunResult>(options.Window);
        _stopped = _stop.Token;
    }

    /// <summary>Why nothing more is sent: the code of what ended the run; null while it continues.</summary>
    public string? AbortReason => _sender.Circuit.AbortReason;

    /// <summary>The outcome that stopped the run, if it stops at the first failure; null until then.</summary>
    public RowOutcome? StopCause
    {
        get
        {
            lock (_gate)
            {
                return _stopCause;
            }
        }
    }

    /// <summary>Why the journal can no longer be written; null while it can. Outcomes published after that may be missing from it.</summary>
    public JournalException? JournalFailure
    {
        get
        {
            lock (_gate)
            {
                return _journalFailure;
            }
        }
    }

    /// <summary>Whether the run holds as many rows as it may, so that results must be dequeued before more rows are added.</summary>
    public bool IsFull => _results.Count >= _options.Window;

    /// <summary>Whether every row that was added has been published.</summary>
    public bool IsEmpty => _results.Count == 0;

    /// <summary>The run's progress.</summary>
    public RunCounts Counts
    {
        get
        {
            lock (_gate)
            {
                return _counter.Counts;
            }
        }
    }

    /// <summary>Adds a row to send.</summary>
    /// <param name="row">A row that has passed <see cref="RowCheck"/>.</param>
    /// <param name="entry">Its entry in the journal; null without one.</param>
    /// <param name="resumed">The request of an earlier run to resend instead of a new one; null if there is none.</param>
    /// <param name="isRepeat">Whether the row is sent anew although it may have been executed before.</param>
    /// <param name="tag">Returned with the outcome.</param>
    /// <exception cref="ArgumentException">The row's IMEIs are invalid; nothing was added.</exception>
    internal void Add(BindingRow row, JournalEntry? entry = null, RecordedIntent? resumed = null, bool isRepeat = false, object? tag = null)
    {
        ArgumentNullException.ThrowIfNull(row);
        DependencyQueue.Validate(row);

        List<Unsent> unsent = [];
        lock (_gate)
        {
            var item = new RunRow(row, tag)
            {
                Place = _results.Enqueue(),
                Sequence = _counter.CountEnqueued(),
                Entry = entry,
                Resumed = resumed,
                IsRepeat = isRepeat,
            };
            _queue.Enqueue(item);
            StartWorkers();
            CompleteUnsent(unsent);
        }

        Record(unsent);
    }

    /// <summary>Adds a row: it is performed by its decision, or, if it has its outcome already, published in order.</summary>
    internal void Add(Row row)
    {
        if (row.Outcome is { } outcome)
        {
            EnqueueSettled(outcome, row.IsFromJournal, row);
        }
        else
        {
            Add(row.Binding, row.Record as JournalEntry, row.Resumed, row.IsRepeat, row);
        }
    }

    /// <summary>Adds a row that is not to be sent, so that its outcome is published in order.</summary>
    /// <param name="outcome">Its outcome.</param>
    /// <param name="isFromJournal">Whether the outcome is an earlier run's.</param>
    /// <param name="tag">Returned with the outcome.</param>
    public void EnqueueSettled(RowOutcome outcome, bool isFromJournal = false, object? tag = null)
    {
        ArgumentNullException.ThrowIfNull(outcome);

        lock (_gate)
        {
            var item = new RunRow(outcome.Row, tag)
            {
                Place = _results.Enqueue(),
                Sequence = _counter.CountEnqueued(),
                IsFromJournal = isFromJournal,
            };
            _counter.CountSettled();
            _unknownCards.Note(item, outcome);
            Publish(item, outcome);
        }

        StopAtFailure(outcome);
    }

    /// <summary>Dequeues the next result in input order, if it is complete.</summary>
    /// <param name="result">The result.</param>
    /// <returns>False if the next row is not complete yet, or there is none.</returns>
    public bool TryDequeue([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out RunResult? result) => _results.TryDequeue(out result);

    /// <summary>Dequeues the next row in input order, if it has its outcome.</summary>
    internal bool TryDequeueRow([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Row? row)
    {
        row = _results.TryDequeue(out var result) ? (Row)result.Tag! : null;
        if (row is { Outcome: null })
        {
            row.Outcome = result!.Outcome;
        }

        return row is not null;
    }

    /// <summary>Waits until the next row is complete.</summary>
    /// <returns>A task that completes when <see cref="TryDequeue"/> has a result; at once if no row is open.</returns>
    public Task WaitForNextAsync() => _results.WaitForNextAsync();

    /// <summary>
    /// Waits until every row that was added is complete, or half of <see cref="RunOptions.Window"/>. A consumer waits for
    /// this a moment longer once the next row is complete, so that it is not woken for every single one.
    /// </summary>
    /// <returns>A task that completes then; at once if no row is open.</returns>
    public Task WaitForBatchAsync() => _results.WaitForBatchAsync();

    /// <summary>Waits until every row that was added is complete.</summary>
    /// <returns>A task that completes then; at once if no row is open. After <see cref="Stop"/> it completes as soon as requests in flight are answered or abandoned.</returns>
    public Task WaitForAllAsync() => _results.WaitForAllAsync();

    /// <summary>
    /// Sends nothing new from now on: waiting rows are not sent, and rows that wait for a retry end with what is known
    /// of them. Requests in flight may still be answered. The first reason wins.
    /// </summary>
    /// <param name="reason">The code of what stops the run.</param>
    public void Stop(string reason = OutcomeCode.Stopped)
    {
        _sender.Circuit.Abort(reason);
        List<Unsent> unsent = [];
        bool isFirst;
        lock (_gate)
        {
            isFirst = !_isStopped;
            _isStopped = true;
            CompleteUnsent(unsent);
        }

        Record(unsent);
        if (isFirst)
        {
            _stop.Cancel();
        }
    }

    /// <summary>Stops the run.</summary>
    public void Dispose()
    {
        Stop();
        _stop.Dispose();
    }

    private void StartWorkers()
    {
        if (_isStopped)
        {
            return;
        }

        for (var waiting = _queue.ReadyCount; waiting > 0 && _workers < _options.ThrottleLimit; waiting--)
        {
            _workers++;

            // Unsafe only in that nothing of the caller's context, such as its culture, flows along.
            ThreadPool.UnsafeQueueUserWorkItem(static run => _ = ((BindingRun)run!).WorkAsync(), this);
        }
    }

    private async Task WorkAsync()
    {
        (RunRow Item, RowOutcome Outcome)? last = null;
        while (TryGetWork(out var item))
        {
            // The last outcome is recorded and published while this request is on its way, unless a row of the same card
            // or device waited for it: a journal that has the later intent has the earlier outcome.
            var execution = ExecuteAsync(item);
            End(last);
            var outcome = item.Conclude(await execution.ConfigureAwait(false));
            Complete(item, outcome);
            last = (item, outcome);
            if (item.HasFollowers)
            {
                End(last);
                last = null;
            }

            if (item.HasYieldedPlace)
            {
                break;
            }
        }

        End(last);
    }

    private async Task<RowOutcome> ExecuteAsync(RunRow item)
    {
        try
        {
            void Yield() => YieldPlace(item);
            return item.Resumed is { } intent
                ? await _sender.ResumeAsync(item.Row, intent, _stopped, Yield).ConfigureAwait(false)
                : await _sender.SendAsync(item.Row, item.Entry, _stopped, Yield).ConfigureAwait(false);
        }
        catch (JournalException failure)
        {
            // The intent could not be recorded, so the request was not sent.
            NoteJournalFailure(failure);
            return RowOutcome.NotSent(item.Row, failure.Code, _sender.Now) with { Cause = failure };
        }
        catch (Exception failure)
        {
            // No known failure gets here. Whatever it is, the request may have been sent.
            return RowOutcome.Unknown(item.Row, OutcomeCode.Unexpected) with { CompletedAt = _sender.Now, Cause = failure };
        }
    }

    /// <summary>A row that has to wait yields its place in flight to another one.</summary>
    private void YieldPlace(RunRow item)
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

    private bool TryGetWork([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out RunRow? item)
    {
        List<Unsent> unsent = [];
        item = null;
        lock (_gate)
        {
            while (!_isStopped && _queue.TryDequeue(out item))
            {
                if (!_unknownCards.Blocks(item))
                {
                    break;
                }

                CompleteWithoutSending(item, OutcomeCode.PredecessorUnknown, reason: null, unsent);
                item = null;
            }

            if (_isStopped || item is null)
            {
                item = null;
                _workers--;
                CompleteUnsent(unsent);
            }
        }

        Record(unsent);
        return item is not null;
    }

    /// <summary>Once the run is stopped, rows that wait for no other row end without being sent.</summary>
    private void CompleteUnsent(List<Unsent> unsent)
    {
        while (_isStopped && _queue.TryDequeue(out var item))
        {
            CompleteWithoutSending(item, OutcomeCode.NotSent, AbortReason, unsent);
        }
    }

    private void CompleteWithoutSending(RunRow item, string code, string? reason, List<Unsent> unsent)
    {
        var outcome = item.Conclude(RowOutcome.NotSent(item.Row, code, _sender.Now, reason));
        _unknownCards.Note(item, outcome);
        _queue.Complete(item);
        unsent.Add(new Unsent(item, outcome));
    }

    /// <summary>Ends rows that were not sent, outside the lock, because the journal may write synchronously.</summary>
    private void Record(List<Unsent> unsent)
    {
        foreach (var (item, outcome) in unsent)
        {
            End(item, outcome, isRecorded: item.Entry is not null && outcome.Status == OutcomeStatus.Failed);
        }
    }

    private void Complete(RunRow item, RowOutcome outcome)
    {
        StopAtFailure(outcome);
        if (AbortReason is { } reason)
        {
            Stop(reason);
        }

        List<Unsent> unsent = [];
        lock (_gate)
        {
            _unknownCards.Note(item, outcome);
            _queue.Complete(item);
            StartWorkers();
            CompleteUnsent(unsent);
        }

        Record(unsent);
    }

    private void End((RunRow Item, RowOutcome Outcome)? executed)
    {
        if (executed is var (item, outcome))
        {
            End(item, outcome, isRecorded: item.Entry is not null && !outcome.MayBeResent);
        }
    }

    /// <summary>Records an outcome, if it belongs in the journal, and publishes it.</summary>
    private void End(RunRow item, RowOutcome outcome, bool isRecorded)
    {
        if (isRecorded)
        {
            _ = RecordAsync(item, outcome);
            return;
        }

        lock (_gate)
        {
            Publish(item, outcome);
        }
    }

    /// <summary>Publishes an outcome once it is in the journal.</summary>
    private async Task RecordAsync(RunRow item, RowOutcome outcome)
    {
        try
        {
            await item.Entry!.RecordOutcomeAsync(outcome).ConfigureAwait(false);
        }
        catch (JournalException failure)
        {
            NoteJournalFailure(failure);
        }

        lock (_gate)
        {
            Publish(item, outcome);
        }
    }

    private void StopAtFailure(RowOutcome outcome)
    {
        if (!_options.StopsAtFailure || outcome.Status == OutcomeStatus.Succeeded)
        {
            return;
        }

        lock (_gate)
        {
            _stopCause ??= outcome;
        }

        Stop(outcome.Code);
    }

    private void NoteJournalFailure(JournalException failure)
    {
        lock (_gate)
        {
            _journalFailure ??= failure;
        }

        Stop(failure.Code);
    }

    private void Publish(RunRow item, RowOutcome outcome)
    {
        _counter.CountDone(outcome);
        _results.Complete(item.Place, new RunResult(outcome, item.IsFromJournal, item.Tag));
    }

    /// <summary>A row that ends without being sent.</summary>
    private readonly record struct Unsent(RunRow Item, RowOutcome Outcome);
}
