namespace IotCard.Client.Rules;

/// <summary>What earlier runs recorded of a row, as read from a journal. <see cref="JournalRules"/> says what it means.</summary>
internal sealed record RecordedRow
{
    /// <summary>A row of which nothing is recorded.</summary>
    internal static readonly RecordedRow None = new();

    /// <summary>How the row last ended; null if it did not. Unknown if a torn line may be an intent of this row.</summary>
    internal RowOutcome? Outcome { get; init; }

    /// <summary>The request that was in flight when its run ended; null if there was none.</summary>
    internal RecordedIntent? OpenIntent { get; init; }

    /// <summary>Whether an earlier row of the same card, which this run has not claimed, is Unknown.</summary>
    internal bool IsBehindUnknown { get; init; }

    /// <summary>
    /// Whether a later row of the same card, which this run has not claimed after this one, changed the card or may have:
    /// a recorded success is then not today's truth.
    /// </summary>
    internal bool IsOvertaken { get; init; }

    /// <summary>Whether an earlier run may have executed the operation, with an unknown outcome.</summary>
    internal bool IsInDoubt => OpenIntent is not null || Outcome is { Status: OutcomeStatus.Unknown };
}
