namespace IotCard.Benchmarks;

/// <summary>What rows a <see cref="Workload"/> has.</summary>
internal enum WorkloadKind
{
    /// <summary>Each is for another card, and succeeds.</summary>
    Different,

    /// <summary>Every 20th is for the card of the row before it, which it rebinds further. All succeed.</summary>
    Sharing,

    /// <summary>All are the same; the first succeeds, the service refuses the others, as the card is no longer on that device.</summary>
    Identical,

    /// <summary>Each is for another card and names a device that it is not on, so that the service refuses it.</summary>
    Unbound,
}
