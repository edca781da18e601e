using IotCard.Client.Cards;
using IotCard.Client.Journaling;
using IotCard.Client.Sending;

namespace IotCard.Client.Running;

/// <summary>
/// Carries rows out side by side and publishes their outcomes in input order. Rows that share a card or a device are
/// carried out one after the other, in input order; all others overlap. Every row that is taken in gets an outcome, in
/// every way of stopping.
/// </summary>
/// <remarks>
/// One thread takes rows in and results out; any thread may stop the run.
/// </remarks>
public sealed class BindingRun : IRun
{
    private readonly object _gate = new();
    private readonly OperationSender _sender;
    private readonly RunOptions _options;
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationToken _stopped;
    private readonly OrderedResults<RunResult> _results = new();
    private readonly DependencyQueue _queue = new();
    private readonly RunCounter _counter = new();
    private readonly Dictionary<string, long> _unknownSince = new(StringComparer.Ordinal);
    private JournalException? _journalFailure;
    private RowOutcome? _stopCause;
    private bool _isStopped;
    private int _workers;

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

    /// <summary>Why nothing more is sent: the code of what ended the run; null while it goes on.</summary>
    public string? AbortReason => _sender.Circuit.AbortReason;

    /// <summary>The outcome that stopped the run, where it is to stop at the first failure; null until then.</summary>
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

    /// <summary>Why the journal can no longer be written; null while it can. Outcomes that are published from then on may be missing in it.</summary>
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

    /// <summary>Whether the run holds as many rows as it may, so that results must be taken out before more can be taken in.</summary>
    public bool IsFull => _results.Count >= _options.Window;

    /// <summary>Whether every row that was taken in has been given out.</summary>
    public bool IsEmpty => _results.Count == 0;

    /// <summary>How far the run is.</summary>
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

    /// <summary>Takes a row in to be carried out.</summary>
    /// <param name="row">A row that <see cref="RowCheck"/> found no fault with.</param>
    /// <param name="entry">Its entry in the journal; null without one.</param>
    /// <param name="resumed">The request of an earlier run that is to be sent again instead of a new one; null where there is none.</param>
    /// <param name="isRepeat">Whether the row is sent anew although it may have been carried out before.</param>
    /// <param name="tag">Comes back with the outcome.</param>
    /// <exception cref="ArgumentException">The row's IMEIs are no IMEIs; nothing was taken in.</exception>
    public void Add(BindingRow row, JournalEntry? entry = null, RecordedIntent? resumed = null, bool isRepeat = false, object? tag = null)
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

    /// <summary>Takes a row in that is not to be sent, so that its outcome is published in its turn.</summary>
    /// <param name="outcome">Its outcome.</param>
    /// <param name="isFromJournal">Whether an earlier run had settled it.</param>
    /// <param name="tag">Comes back with the outcome.</param>
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
            NoteUnknown(item, outcome);
            Publish(item, outcome);
        }

        StopAtFailure(outcome);
    }

    /// <summary>Gives out the next row in input order, where it is done.</summary>
    /// <param name="result">Its outcome.</param>
    /// <returns>False where the next row is not done yet, or there is none.</returns>
    public bool TryDequeue([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out RunResult? result) => _results.TryDequeue(out result);

    /// <summary>Waits until the next row is done.</summary>
    /// <returns>A task that completes when <see cref="TryDequeue"/> has something to give; at once where nothing is under way.</returns>
    public Task WaitForNextAsync() => _results.WaitForNextAsync();

    /// <summary>
    /// Waits until every row that was taken in is done. Whoever takes results out waits for this a moment longer once the
    /// next row is done, so that it is not woken for each single one.
    /// </summary>
    /// <returns>A task that completes then; at once where nothing is under way. After <see cref="Stop"/> it completes as soon as what is in flight is answered or given up.</returns>
    public Task WaitForAllAsync() => _results.WaitForAllAsync();

    /// <summary>
    /// Sends nothing new from now on: rows that wait are not sent, and rows that wait to be sent again end with what is known
    /// of them. What is in flight may still be answered. The first reason stands.
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

            // Unsafe is that nothing of the caller's context, such as its culture, goes along.
            ThreadPool.UnsafeQueueUserWorkItem(static run => _ = ((BindingRun)run!).WorkAsync(), this);
        }
    }

    private async Task WorkAsync()
    {
        while (TryGetWork(out var item))
        {
            Complete(item, KeepInDoubt(item, await ExecuteAsync(item).ConfigureAwait(false)));
            if (item.HasYieldedPlace)
            {
                return;
            }
        }
    }

    private async Task<RowOutcome> ExecuteAsync(RunRow item)
    {
        try
        {
            void Yield() => YieldPlace(item);
            return item.Resumed is { } intent
                ? await _sender.ResumeAsync(item.Row, intent, _stopped, Yield).ConfigureAwait(false)
                : await _sender.SendAsync(item.Row, item.Entry is null ? null : item, _stopped, Yield).ConfigureAwait(false);
        }
        catch (JournalException failure)
        {
            // The intent could not be recorded, so the request was not sent.
            NoteJournalFailure(failure);
            return RowOutcome.NotSent(item.Row, failure.Code, _sender.Now) with { Cause = failure };
        }
        catch (Exception failure)
        {
            // Nothing that is known of gets here. Whatever it is, the request may have left.
            return RowOutcome.Unknown(item.Row, OutcomeCode.Unexpected) with { CompletedAt = _sender.Now, Cause = failure };
        }
    }

    /// <summary>A row that has to wait lets another one be in flight instead.</summary>
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
                if (!IsBehindUnknown(item))
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

    private bool IsBehindUnknown(RunRow item) =>
        item.Resumed is null && _unknownSince.TryGetValue(item.Row.Iccid, out var since) && since < item.Sequence;

    /// <summary>Once the run is stopped, rows that nothing waits for any more end without being sent.</summary>
    private void CompleteUnsent(List<Unsent> unsent)
    {
        while (_isStopped && _queue.TryDequeue(out var item))
        {
            CompleteWithoutSending(item, OutcomeCode.NotSent, AbortReason, unsent);
        }
    }

    private void CompleteWithoutSending(RunRow item, string code, string? reason, List<Unsent> unsent)
    {
        var outcome = KeepInDoubt(item, RowOutcome.NotSent(item.Row, code, _sender.Now, reason));
        NoteUnknown(item, outcome);
        _queue.Complete(item);
        unsent.Add(new Unsent(item, outcome));
    }

    /// <summary>Ends rows that were not sent, outside of the lock: the journal may write at once.</summary>
    private void Record(List<Unsent> unsent)
    {
        foreach (var (item, outcome) in unsent)
        {
            End(item, outcome, isRecorded: item.Entry is not null && outcome.Status == OutcomeStatus.Failed);
        }
    }

    /// <summary>
    /// What may have been carried out before has not failed because this run did not get through to the service, nor
    /// because the service no longer finds the binding. The row stays in doubt, in the journal too, where a failure would
    /// let the next run send it again unasked.
    /// </summary>
    private static RowOutcome KeepInDoubt(RunRow item, RowOutcome outcome)
    {
        if (!item.IsInDoubt || outcome.Status != OutcomeStatus.Failed)
        {
            return outcome;
        }

        if (outcome.IsOfTheService)
        {
            return outcome.MayBeOfEarlierExecution ? outcome with { Status = OutcomeStatus.Unknown } : outcome;
        }

        return outcome with
        {
            Status = OutcomeStatus.Unknown,
            Code = OutcomeCode.OutcomeUnknown,
            Reason = outcome.Code,
            MayBeResent = item.Resumed is not null,
        };
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
            NoteUnknown(item, outcome);
            _queue.Complete(item);
            StartWorkers();
            CompleteUnsent(unsent);
        }

        End(item, outcome, isRecorded: item.Entry is not null && !outcome.MayBeResent && (item.HasIntent || item.Resumed is not null));
        Record(unsent);
    }

    /// <summary>Records an outcome, where it belongs into the journal, and publishes it.</summary>
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

    /// <summary>Publishes an outcome once the journal has it.</summary>
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

    private void NoteUnknown(RunRow item, RowOutcome outcome)
    {
        if (outcome.Status == OutcomeStatus.Unknown &&
            (!_unknownSince.TryGetValue(outcome.Row.Iccid, out var since) || item.Sequence < since))
        {
            _unknownSince[outcome.Row.Iccid] = item.Sequence;
        }
    }

    private void Publish(RunRow item, RowOutcome outcome)
    {
        _counter.CountDone(outcome);
        _results.Complete(item.Place, new RunResult(outcome, item.IsFromJournal, item.Tag));
    }

    /// <summary>A row that ends without being sent.</summary>
    private readonly record struct Unsent(RunRow Item, RowOutcome Outcome);
}
