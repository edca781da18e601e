namespace IotCard.Benchmarks.Fleet;

/// <summary>What a goal limits.</summary>
internal enum GoalKind
{
    /// <summary>The maximum of ours divided by the other.</summary>
    RatioAtMost,

    /// <summary>The minimum of ours divided by the other.</summary>
    RatioAtLeast,

    /// <summary>The maximum of ours, in bytes.</summary>
    BytesAtMost,

    /// <summary>The limit that ours stays below, in seconds.</summary>
    SecondsBelow,

    /// <summary>The limit that ours stays below, in percent.</summary>
    PercentBelow,
}
