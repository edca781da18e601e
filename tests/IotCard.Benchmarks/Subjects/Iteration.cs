namespace IotCard.Benchmarks.Subjects;

/// <summary>What a subject is to do in an iteration.</summary>
internal sealed record Iteration
{
    /// <summary>Where the sandbox of this iteration listens.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>The key that it knows.</summary>
    public string AccessKeyId { get; init; } = string.Empty;

    /// <summary>Its secret.</summary>
    public string AccessKeySecret { get; init; } = string.Empty;

    /// <summary>The rows.</summary>
    public Workload Workload { get; init; } = new(0);

    /// <summary>The file that has them.</summary>
    public string? RowsPath { get; init; }

    /// <summary>How many requests may be in flight.</summary>
    public int InFlight { get; init; } = 1;

    /// <summary>What the module does with the rows.</summary>
    public ShellTask Task { get; init; }

    /// <summary>The journal that the module keeps.</summary>
    public JournalKind Journal { get; init; }

    /// <summary>Its file, where it is a named one.</summary>
    public string? JournalPath { get; init; }

    /// <summary>Up to which layer the module has a part in it, where the subject is not the whole module.</summary>
    public Layer Layer { get; init; }

    /// <summary>How long the bare client is busy between a response and the next request, in microseconds.</summary>
    public int WorkMicroseconds { get; init; }
}
