using IotCard.Client.Rules;

namespace IotCard.Client.Journaling;

/// <summary>What can be read of a journal, even of one that no run would be resumed from.</summary>
public sealed record JournalContents
{
    /// <summary>How every row ended, in the order in which they were first sent. A row that was in flight when its run ended is Unknown.</summary>
    public required IReadOnlyList<RowOutcome> Outcomes { get; init; }

    /// <summary>The numbers of the lines that are damaged, from 1.</summary>
    public required IReadOnlyList<int> DamagedLines { get; init; }

    /// <summary>Why records are missing that could not be written; null if none is.</summary>
    public string? GapReason { get; init; }

    /// <summary>Whether lines end with a carriage return, as an editor on Windows writes them.</summary>
    public bool HasCarriageReturns { get; init; }

    /// <summary>Whether the file begins with a byte order mark, as some editors write it.</summary>
    public bool HasByteOrderMark { get; init; }
}
