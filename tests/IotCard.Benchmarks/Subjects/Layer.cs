namespace IotCard.Benchmarks.Subjects;

/// <summary>How much of the module has a part in an iteration, from the connection up to the engine.</summary>
internal enum Layer
{
    /// <summary>Sends requests that were signed before the clock runs, and reads their answers.</summary>
    Transport,

    /// <summary>Signs each request before it is sent, too.</summary>
    Signing,

    /// <summary>Carries rows out by the sending rules.</summary>
    Sender,

    /// <summary>Carries rows out in a run, without the engine.</summary>
    Run,
}
