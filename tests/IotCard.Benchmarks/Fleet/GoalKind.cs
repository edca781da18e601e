namespace IotCard.Benchmarks.Fleet;

/// <summary>How a goal is to be read.</summary>
internal enum GoalKind
{
    /// <summary>Ours divided by the other is not to be more.</summary>
    RatioAtMost,

    /// <summary>Ours divided by the other is not to be less.</summary>
    RatioAtLeast,

    /// <summary>Ours minus the other, in MB, is not to be more.</summary>
    MegabytesMoreAtMost,

    /// <summary>Ours, in seconds, is to be less.</summary>
    SecondsBelow,

    /// <summary>Ours, in percent, is to be less.</summary>
    PercentBelow,
}
