namespace IotCard.Client.Running;

/// <summary>How far a run is.</summary>
/// <param name="Enqueued">Rows taken in.</param>
/// <param name="Done">Rows with an outcome.</param>
/// <param name="Settled">Those of them that were never to be sent: refused by the row check, or settled by an earlier run.</param>
/// <param name="Failed">Those that failed.</param>
/// <param name="Unknown">Those whose outcome is not known.</param>
public readonly record struct RunCounts(long Enqueued, long Done, long Settled, long Failed, long Unknown)
{
    /// <summary>Those that succeeded.</summary>
    public long Succeeded => Done - Failed - Unknown;
}
