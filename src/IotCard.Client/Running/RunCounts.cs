namespace IotCard.Client.Running;

/// <summary>A run's progress.</summary>
/// <param name="Enqueued">Rows that were added.</param>
/// <param name="Done">Rows with an outcome.</param>
/// <param name="Settled">Those of them that needed no request: refused by validation, or settled by an earlier run.</param>
/// <param name="Failed">Those that failed.</param>
/// <param name="Unknown">Those with an unknown outcome.</param>
public readonly record struct RunCounts(long Enqueued, long Done, long Settled, long Failed, long Unknown)
{
    /// <summary>Those that succeeded.</summary>
    public long Succeeded => Done - Failed - Unknown;
}
