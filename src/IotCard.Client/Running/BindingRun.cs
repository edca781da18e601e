using IotCard.Client.Cards;
using IotCard.Client.Journaling;
using IotCard.Client.Sending;

namespace IotCard.Client.Running;

/// <summary>
/// Carries rows out side by side and gives their outcomes out in input order. Rows that share a card or a device are
/// carried out one after the other, in input order; all others overlap.
/// </summary>
/// <remarks>
/// One thread takes rows in and outcomes out; any thread may stop the run.
/// </remarks>
public sealed class BindingRun : IDisposable
{
    private readonly object _gate = new();
    private readonly OperationSender _sender;
    private readonly RunOptions _options;
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationToken _stopped;
    private readonly Queue<RunRow> _order = new();
    private readonly Queue<RunRow> _ready = new();
    private readonly Conflicts _conflicts = new();
    private readonly HashSet<string> _unknownCards = new(StringComparer.Ordinal);
    private TaskCompletionSource<bool> _nextDone = NewSource();
    private TaskCompletionSource<bool> _allDone = NewSource();
    private TaskCompletionSource<bool> _drained = NewSource();
    private JournalException? _journalFailure;
    private bool _isAborted;
    private int _workers;
    private int _recording;
    private long _enqueued;
    private long _done;
    private long _settled;
    private long _failed;
    private long _unknown;

    /// <summary>Makes a run.</summary>
    /// <param name="sender">Carries single rows out.</param>
    /// <param name="options">How the run goes.</param>
    public BindingRun(OperationSender sender, RunOptions options)
    {
        ArgumentNullException.ThrowIfNull(sender);
        ArgumentNullException.ThrowIfNull(options);

        _sender = sender;
        _options = options;
        _stopped = _stop.Token;
    }

    /// <summary>Whether nothing more is sent, because an answer condemned every further request, or the journal can no longer be written.</summary>
    public bool IsAborted
    {
        get
        {
            lock (_gate)
            {
                return _isAborted;
            }
        }
    }

    /// <summary>Why the journal can no longer be written; null while it can. Outcomes that are given out from then on may be missing in it.</summary>
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

    /// <summary>Whether the run holds as many rows as it may, so that outcomes must be taken out before more can be taken in.</summary>
    public bool IsFull
    {
        get
        {
            lock (_gate)
            {
                return _order.Count >= _options.Window;
            }
        }
    }

    /// <summary>Whether every row that was taken in has been given out.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_gate)
            {
                return _order.Count == 0;
            }
        }
    }

    /// <summary>How far the run is.</summary>
    public RunCounts Counts
    {
        get
        {
            lock (_gate)
            {
                return new RunCounts(_enqueued, _done, _settled, _failed, _unknown);
            }
        }
    }

    /// <summary>Takes a row in to be carried out.</summary>
    /// <param name="row">A row that <see cref="RowCheck"/> found no fault with.</param>
    /// <param name="entry">Its place in the journal; null without one.</param>
    /// <param name="resumed">The request of an earlier run that is to be settled instead of a new one; null where there is none.</param>
    /// <param name="tag">Comes back with the outcome.</param>
    public void Add(BindingRow row, JournalEntry? entry = null, RecordedIntent? resumed = null, object? tag = null)
    {
        var item = new RunRow(row, tag) { Entry = entry, Resumed = resumed };
        lock (_gate)
        {
            Enqueue(item);
            _conflicts.Add(item);
            if (item.IsReady)
            {
                _ready.Enqueue(item);
                StartWorkers();
            }
        }
    }

    /// <summary>Takes a row in that is not to be sent, so that its outcome is given out in its turn.</summary>
    /// <param name="outcome">Its outcome.</param>
    /// <param name="isFromJournal">Whether an earlier run had settled it.</param>
    /// <param name="tag">Comes back with the outcome.</param>
    public void EnqueueSettled(RowOutcome outcome, bool isFromJournal = false, object? tag = null)
    {
        ArgumentNullException.ThrowIfNull(outcome);

        var item = new RunRow(outcome.Row, tag) { IsFromJournal = isFromJournal };
        lock (_gate)
        {
            Enqueue(item);
            _settled++;
            if (outcome.Verdict == Verdict.Unknown)
            {
                _unknownCards.Add(outcome.Row.Iccid);
            }

            Publish(item, outcome);
            StopAtFailure(outcome);
        }
    }

    /// <summary>Gives out the next row in input order, where it is done.</summary>
    /// <param name="result">Its outcome.</param>
    /// <returns>False where the next row is not done yet, or there is none.</returns>
    public bool TryDequeue(out RunResult result)
    {
        lock (_gate)
        {
            if (_order.Count == 0 || _order.Peek().Outcome is not { } outcome)
            {
                result = default;
                return false;
            }

            var item = _order.Dequeue();
            result = new RunResult(outcome, item.IsFromJournal, item.Tag);

            // A row that was long in the run is old to the garbage collector, and what it points to would grow old with it.
            item.Outcome = null;
            return true;
        }
    }

    /// <summary>Waits until the next row is done.</summary>
    /// <returns>A task that completes when <see cref="TryDequeue"/> has something to give; at once where nothing is under way.</returns>
    public Task WaitForNextAsync()
    {
        lock (_gate)
        {
            if (_order.Count == 0 || _order.Peek().Outcome is not null)
            {
                return Task.CompletedTask;
            }

            if (_nextDone.Task.IsCompleted)
            {
                _nextDone = NewSource();
            }

            return _nextDone.Task;
        }
    }

    /// <summary>
    /// Waits until every row that was taken in is done. Whoever takes outcomes out waits for this a moment longer once the
    /// next row is done, so that it is not woken for each single one.
    /// </summary>
    /// <returns>A task that completes then; at once where nothing is under way.</returns>
    public Task WaitForAllAsync()
    {
        lock (_gate)
        {
            if (_done == _enqueued)
            {
                return Task.CompletedTask;
            }

            if (_allDone.Task.IsCompleted)
            {
                _allDone = NewSource();
            }

            return _allDone.Task;
        }
    }

    /// <summary>Sends nothing new from now on; who waits for a turn, or to try again, gives up. What is in flight may still be answered.</summary>
    public void Stop()
    {
        try
        {
            _stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has ended, and so it has stopped.
        }
    }

    /// <summary>Waits until nothing is in flight and every outcome is recorded. Sensible only after <see cref="Stop"/>.</summary>
    /// <param name="limit">How long at most.</param>
    /// <returns>A task that completes then.</returns>
    public async Task DrainAsync(TimeSpan limit)
    {
        Task landed;
        lock (_gate)
        {
            if (IsDrained)
            {
                return;
            }

            if (_drained.Task.IsCompleted)
            {
                _drained = NewSource();
            }

            landed = _drained.Task;
        }

        await Task.WhenAny(landed, Task.Delay(limit)).ConfigureAwait(false);
    }

    /// <summary>
    /// Gives out, in input order, every row that is done, also behind rows that are not. Sensible only as the last thing,
    /// after <see cref="DrainAsync"/>: the rows that are not done will not be given out any more.
    /// </summary>
    /// <returns>Their outcomes.</returns>
    public IReadOnlyList<RunResult> DequeueDrained()
    {
        lock (_gate)
        {
            var landed = _order
                .Where(static item => item.Outcome is not null)
                .Select(static item => new RunResult(item.Outcome!, item.IsFromJournal, item.Tag))
                .ToList();
            _order.Clear();
            return landed;
        }
    }

    /// <summary>Stops the run.</summary>
    public void Dispose()
    {
        Stop();
        _stop.Dispose();
    }

    private bool IsDrained => _workers == 0 && _recording == 0;

    private void Enqueue(RunRow item)
    {
        _enqueued++;
        _order.Enqueue(item);
    }

    private void StartWorkers()
    {
        for (var waiting = _ready.Count; waiting > 0 && _workers < _options.ThrottleLimit; waiting--)
        {
            _workers++;

            // Unsafe is that nothing of the caller's context, such as its culture, goes along.
            ThreadPool.UnsafeQueueUserWorkItem(static run => _ = ((BindingRun)run!).WorkAsync(), this);
        }
    }

    private async Task WorkAsync()
    {
        while (TryGetWork(out var item))
        {
            RowOutcome outcome;
            try
            {
                outcome = item!.Resumed is { } intent
                    ? await _sender.ResumeAsync(item.Row, intent, _stopped).ConfigureAwait(false)
                    : KeepInDoubt(item, await _sender.SendAsync(item.Row, item.Entry, _stopped).ConfigureAwait(false));
            }
            catch (OperationCanceledException) when (_stopped.IsCancellationRequested)
            {
                // It was given up, and stands in the journal as under way.
                continue;
            }
            catch (JournalException failure)
            {
                // The intent could not be recorded, so the request was not sent.
                NoteJournalFailure(failure);
                outcome = KeepInDoubt(item!, RowOutcome.NotSent(item!.Row, failure.Code, _sender.Now) with { Cause = failure });
            }
            catch (Exception failure)
            {
                // Nothing that is known of gets here. Whatever it is, the request may have left.
                outcome = RowOutcome.Unknown(item!.Row, OutcomeCode.Unexpected) with { CompletedAt = _sender.Now, Cause = failure };
            }

            Complete(item, outcome);
        }
    }

    private bool TryGetWork(out RunRow? item)
    {
        lock (_gate)
        {
            while (!_stopped.IsCancellationRequested && _ready.Count > 0)
            {
                item = _ready.Dequeue();
                if (FindObstacle(item) is not { } code)
                {
                    return true;
                }

                var outcome = KeepInDoubt(item, RowOutcome.NotSent(item.Row, code, _sender.Now));

                // Of a row that stays in doubt the journal knows all there is to know, and a later run may still settle it.
                Settle(item, outcome, isNews: outcome.Verdict != Verdict.Unknown);
            }

            item = null;
            _workers--;
            SignalDrained();
            return false;
        }
    }

    private string? FindObstacle(RunRow item) =>
        _isAborted ? OutcomeCode.NotSent
        : item.Resumed is null && _unknownCards.Contains(item.Row.Iccid) ? OutcomeCode.PredecessorUnknown
        : null;

    /// <summary>
    /// What an earlier run may have carried out has not failed because this one did not get through to the service. Its
    /// doubt stays, in the journal too, where a failure would let the next run send it again unasked.
    /// </summary>
    private static RowOutcome KeepInDoubt(RunRow item, RowOutcome outcome) =>
        item.IsInDoubt && outcome is { Verdict: Verdict.Failed, IsOfTheService: false }
            ? outcome with { Verdict = Verdict.Unknown, Code = OutcomeCode.OutcomeUnknown, Reason = outcome.Code }
            : outcome;

    private void Complete(RunRow item, RowOutcome outcome)
    {
        lock (_gate)
        {
            _isAborted |= outcome.IsFatal;
            Settle(item, outcome);
            StopAtFailure(outcome);
            StartWorkers();
        }
    }

    private void StopAtFailure(RowOutcome outcome)
    {
        if (_options.StopsAtFailure && outcome.Verdict != Verdict.Succeeded)
        {
            Stop();
        }
    }

    /// <summary>The row is done: those behind it may go. Its outcome is given out once the journal has it.</summary>
    private void Settle(RunRow item, RowOutcome outcome, bool isNews = true)
    {
        if (outcome.Verdict == Verdict.Unknown)
        {
            _unknownCards.Add(outcome.Row.Iccid);
        }

        _conflicts.Remove(item);
        item.Release(_ready);

        if (item.Entry is null || _journalFailure is not null || !isNews)
        {
            Publish(item, outcome);
        }
        else
        {
            _recording++;
            _ = RecordAsync(item, outcome);
        }
    }

    private async Task RecordAsync(RunRow item, RowOutcome outcome)
    {
        try
        {
            await item.Entry!.CompleteAsync(outcome).ConfigureAwait(false);
        }
        catch (JournalException failure)
        {
            NoteJournalFailure(failure);
        }

        lock (_gate)
        {
            _recording--;
            Publish(item, outcome);
            SignalDrained();
        }
    }

    private void NoteJournalFailure(JournalException failure)
    {
        lock (_gate)
        {
            _journalFailure ??= failure;
            _isAborted = true;
        }
    }

    private void Publish(RunRow item, RowOutcome outcome)
    {
        item.Outcome = outcome;
        _done++;
        _failed += outcome.Verdict == Verdict.Failed ? 1 : 0;
        _unknown += outcome.Verdict == Verdict.Unknown ? 1 : 0;
        if (_order.Count > 0 && _order.Peek() == item)
        {
            _nextDone.TrySetResult(true);
        }

        if (_done == _enqueued)
        {
            _allDone.TrySetResult(true);
        }
    }

    private void SignalDrained()
    {
        if (IsDrained)
        {
            _drained.TrySetResult(true);
        }
    }

    private static TaskCompletionSource<bool> NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
