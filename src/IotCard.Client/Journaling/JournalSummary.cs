namespace IotCard.Client.Journaling;

/// <summary>A journal's job, and how many of its rows ended with which outcome.</summary>
public sealed record JournalSummary
{
    /// <summary>The file.</summary>
    public required string Path { get; init; }

    /// <summary>The job.</summary>
    public required JournalJob Job { get; init; }

    /// <summary>When its first run started, UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How many rows succeeded.</summary>
    public int Succeeded { get; init; }

    /// <summary>How many rows failed.</summary>
    public int Failed { get; init; }

    /// <summary>How many rows are unknown, including those in flight.</summary>
    public int Unknown { get; init; }
}
