namespace IotCard.Benchmarks.Subjects;

/// <summary>A task for the sandbox's process.</summary>
internal enum SandboxTask
{
    /// <summary>Start a new sandbox.</summary>
    Start,

    /// <summary>Wait for the outage to begin.</summary>
    AwaitOutage,

    /// <summary>End the outage.</summary>
    EndOutage,

    /// <summary>Report what was executed, and stop the sandbox.</summary>
    Stop,
}
