using IotCard.Client.Sending;

namespace IotCard.Client.Journaling;

/// <summary>Where a journal speaks of a row.</summary>
internal readonly record struct RowHistory
{
    /// <summary>Where the request that is still under way was recorded; 0 where none is.</summary>
    internal long Intent { get; init; }

    /// <summary>Where the row's last outcome, or its resolution, was recorded; 0 where there is none.</summary>
    internal long Outcome { get; init; }

    /// <summary>What that outcome was.</summary>
    internal OutcomeStatus Status { get; init; }

    /// <summary>The run that last spoke of the row, by the count of the journal's runs.</summary>
    internal int Run { get; init; }

    /// <summary>Whether a torn line that fits the row may be an intent of it that this does not know of.</summary>
    internal bool LeavesRoomFor(TornLine torn) =>
        Intent == 0
        && (Outcome == 0 || (Status == OutcomeStatus.Failed && Outcome < torn.Offset && Run < torn.Run));
}
