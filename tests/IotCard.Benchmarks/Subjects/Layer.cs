namespace IotCard.Benchmarks.Subjects;

/// <summary>How much of the module takes part in an iteration.</summary>
internal enum Layer
{
    /// <summary>Sends requests that were signed in advance, and reads the responses.</summary>
    Transport,

    /// <summary>Also signs the requests.</summary>
    Signing,

    /// <summary>Performs rows by the sending rules.</summary>
    Sender,

    /// <summary>Performs rows in a run, without the engine.</summary>
    Run,
}
