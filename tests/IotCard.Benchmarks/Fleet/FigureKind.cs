namespace IotCard.Benchmarks.Fleet;

/// <summary>What a subject is to the module.</summary>
internal enum FigureKind
{
    /// <summary>What users would take instead.</summary>
    Peer,

    /// <summary>The module itself.</summary>
    Module,

    /// <summary>What no client can surpass.</summary>
    Limit,
}
