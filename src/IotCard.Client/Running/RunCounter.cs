using IotCard.Client.Rules;

namespace IotCard.Client.Running;

/// <summary>Counts the rows of a run by outcome. Not safe for concurrent use.</summary>
internal sealed class RunCounter
{
    private long _enqueued;
    private long _done;
    private long _settled;
    private long _failed;
    private long _unknown;

    internal RunCounts Counts => new(_enqueued, _done, _settled, _failed, _unknown);

    /// <summary>Counts a row that was added.</summary>
    /// <returns>Its position in the input, from 1.</returns>
    internal long CountEnqueued() => ++_enqueued;

    internal void CountSettled() => _settled++;

    internal void CountDone(RowOutcome outcome)
    {
        _done++;
        _failed += outcome.Status == OutcomeStatus.Failed ? 1 : 0;
        _unknown += outcome.Status == OutcomeStatus.Unknown ? 1 : 0;
    }
}
