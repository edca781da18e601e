namespace IotCard.Benchmarks.Subjects;

/// <summary>What a subject is to do in a iteration.</summary>
internal sealed record Iteration
{
    /// <summary>Where the sandbox of this iteration listens.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>The key that it knows.</summary>
    public string AccessKeyId { get; init; } = string.Empty;

    /// <summary>Its secret.</summary>
    public string AccessKeySecret { get; init; } = string.Empty;

    /// <summary>How many rows there are.</summary>
    public int Cards { get; init; }

    /// <summary>How many requests may be in flight.</summary>
    public int InFlight { get; init; } = 1;

    /// <summary>Every n-th row shares its card with the row before; 0 = none.</summary>
    public int SharedEvery { get; init; }

    /// <summary>The journal to keep; null for none.</summary>
    public string? JournalPath { get; init; }

    /// <summary>Up to which layer the module has a part in it, where the subject is not the whole module.</summary>
    public Layer Layer { get; init; }

    /// <summary>How long the bare client is busy between an answer and the next request, in microseconds.</summary>
    public int WorkMicroseconds { get; init; }

    /// <summary>Whether rows are made as they are taken, and the managed memory is watched, instead of being made beforehand.</summary>
    public bool WatchMemory { get; init; }
}
