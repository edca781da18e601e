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

    /// <summary>The hash of the list of its last run, as <c>Test-IotCardBinding -Summary</c> gives it; null if that run did not record one.</summary>
    public string? ListHash { get; init; }

    /// <summary>How many rows succeeded.</summary>
    public int Succeeded { get; init; }

    /// <summary>How many rows failed.</summary>
    public int Failed { get; init; }

    /// <summary>How many rows are unknown, including those in flight.</summary>
    public int Unknown { get; init; }
}
