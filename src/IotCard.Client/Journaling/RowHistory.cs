namespace IotCard.Client.Journaling;

/// <summary>Where a journal speaks of a row.</summary>
internal readonly record struct RowHistory
{
    /// <summary>Where the request that is still under way was recorded; 0 where none is.</summary>
    internal long Intent { get; init; }

    /// <summary>Where the row's last outcome was recorded; 0 where there is none.</summary>
    internal long Outcome { get; init; }

    /// <summary>Whether this run has met the row already.</summary>
    internal bool IsClaimed { get; init; }
}
