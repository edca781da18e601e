using IotCard.Client.Cards;
using IotCard.Client.Journaling;
using IotCard.Client.Rules;

namespace IotCard.Client.Tests.Simulation;

/// <summary>
/// A journal in a simulated file. Its lines are the real ones; that they are forced to the disk, those that come together
/// with one flush, is done here, because the real writer does it on a thread of its own.
/// </summary>
internal sealed class SimulatedJournal(SimulatedTime time, SimulatedFile file, Journal journal, TimeSpan flushTime)
{
    private List<TaskCompletionSource> _waiting = [];
    private JournalException? _failure;
    private bool _isFlushing;

    internal IRowRecord Claim(BindingRow row, Action onIntent) => new Record(this, journal.Claim(row), onIntent);

    private Task FlushAsync()
    {
        var flushed = new TaskCompletionSource();
        _waiting.Add(flushed);
        StartFlush();
        return flushed.Task;
    }

    private void StartFlush()
    {
        if (_isFlushing || _waiting.Count == 0)
        {
            return;
        }

        _isFlushing = true;
        time.After(flushTime, () =>
        {
            var flushed = _waiting;
            _waiting = [];
            _isFlushing = false;
            try
            {
                file.Flush();
            }
            catch (IOException cause)
            {
                _failure = new JournalException(JournalErrorCode.NotWritable, file.Path, cause.Message, cause);
            }

            foreach (var one in flushed)
            {
                if (_failure is null)
                {
                    one.SetResult();
                }
                else
                {
                    one.SetException(_failure);
                }
            }

            StartFlush();
        });
    }

    private void ThrowIfFailed()
    {
        if (_failure is not null)
        {
            throw _failure;
        }
    }

    private sealed class Record(SimulatedJournal journal, JournalEntry entry, Action onIntent) : IRowRecord
    {
        public RecordedRow Recorded => entry.Recorded;

        public async ValueTask RecordIntentAsync(RecordedIntent intent, CancellationToken cancellationToken)
        {
            journal.ThrowIfFailed();
            onIntent();
            await entry.RecordIntentAsync(intent, cancellationToken).ConfigureAwait(false);
            await journal.FlushAsync().ConfigureAwait(false);
        }

        public async ValueTask RecordNotExecutedAsync(string code, CancellationToken cancellationToken)
        {
            journal.ThrowIfFailed();
            await entry.RecordNotExecutedAsync(code, cancellationToken).ConfigureAwait(false);
            await journal.FlushAsync().ConfigureAwait(false);
        }

        public async Task RecordOutcomeAsync(RowOutcome outcome)
        {
            journal.ThrowIfFailed();
            await entry.RecordOutcomeAsync(outcome).ConfigureAwait(false);
            await journal.FlushAsync().ConfigureAwait(false);
        }
    }
}
