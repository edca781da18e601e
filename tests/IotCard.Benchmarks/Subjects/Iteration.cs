namespace IotCard.Benchmarks.Subjects;

/// <summary>An iteration for a subject to run.</summary>
internal sealed record Iteration
{
    /// <summary>The endpoint of the iteration's sandbox.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>The AccessKey that the sandbox accepts.</summary>
    public string AccessKeyId { get; init; } = string.Empty;

    /// <summary>The secret of that key.</summary>
    public string AccessKeySecret { get; init; } = string.Empty;

    /// <summary>The rows.</summary>
    public Workload Workload { get; init; } = new(0);

    /// <summary>The file with the rows.</summary>
    public string? RowsPath { get; init; }

    /// <summary>The maximum number of requests in flight.</summary>
    public int InFlight { get; init; } = 1;

    /// <summary>What a shell does with the rows.</summary>
    public ShellTask Task { get; init; }

    /// <summary>Whether the clock starts only once the runtime's compiler has nothing more to do.</summary>
    public bool WaitsForCompiler { get; init; }

    /// <summary>The journal that the module keeps.</summary>
    public JournalKind Journal { get; init; }

    /// <summary>The file of a named journal.</summary>
    public string? JournalPath { get; init; }
}
