namespace IotCard.Benchmarks.Subjects;

/// <summary>What the sandbox's process can do.</summary>
internal enum SandboxTask
{
    /// <summary>Start a fresh sandbox.</summary>
    Start,

    /// <summary>Wait until its outage has begun.</summary>
    AwaitOutage,

    /// <summary>End the outage.</summary>
    EndOutage,

    /// <summary>Say what it executed, and stop it.</summary>
    Stop,
}
