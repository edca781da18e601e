namespace IotCard.Benchmarks;

/// <summary>The kind of rows in a <see cref="Workload"/>.</summary>
internal enum WorkloadKind
{
    /// <summary>Each row is for another card, and succeeds.</summary>
    Different,

    /// <summary>Every 20th row rebinds the card of the row before it once more. All succeed.</summary>
    Sharing,

    /// <summary>All rows are identical. The first succeeds; the service refuses the others, because the card is no longer bound to that device.</summary>
    Identical,

    /// <summary>Each row is for another card and names a device that the card is not bound to, so that the service refuses it.</summary>
    Unbound,
}
