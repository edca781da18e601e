using IotCard.Client.Rules;

namespace IotCard.Client.Running;

/// <summary>Counts the items of a run by outcome. Safe for concurrent use.</summary>
internal sealed class RunCounter
{
    private long _enqueued;
    private long _done;
    private long _settled;
    private long _failed;
    private long _unknown;

    internal RunCounts Counts => new(
        Interlocked.Read(ref _enqueued),
        Interlocked.Read(ref _done),
        Interlocked.Read(ref _settled),
        Interlocked.Read(ref _failed),
        Interlocked.Read(ref _unknown));

    internal void CountEnqueued() => Interlocked.Increment(ref _enqueued);

    internal void CountSettled() => Interlocked.Increment(ref _settled);

    internal void CountDone(OutcomeStatus status)
    {
        // First, so that nobody reads more successes than there are.
        if (status == OutcomeStatus.Failed)
        {
            Interlocked.Increment(ref _failed);
        }
        else if (status == OutcomeStatus.Unknown)
        {
            Interlocked.Increment(ref _unknown);
        }

        Interlocked.Increment(ref _done);
    }
}
