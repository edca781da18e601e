namespace IotCard.Benchmarks.Fleet;

/// <summary>How much is measured.</summary>
internal sealed record Scale
{
    /// <summary>What the goals are judged by; some minutes.</summary>
    internal static Scale Full { get; } = new();

    /// <summary>A first look within 45 seconds on two cores.</summary>
    internal static Scale Quick { get; } = new()
    {
        IsQuick = true,
        WarmUpCards = 8_000,
        OneByOneCards = 2_000,
        OneByOneRepeats = 3,
        NodeRepeats = 2,
        LatencyCards = 800,
        LatencyRepeats = 2,
        ManyCards = 6_000,
        ManyRepeats = 3,
        MemoryRows = 40_000,
        Imports = 3,
        SharedCards = 1_200,
        SharedRepeats = 2,
        Deadline = TimeSpan.FromSeconds(23),
    };

    internal bool IsQuick { get; private init; }

    /// <summary>How many cards each subject carries out, many at once, before it is measured, so that its code is compiled for good.</summary>
    internal int WarmUpCards { get; private init; } = 20_000;

    internal int OneByOneCards { get; private init; } = 10_000;

    // Single iterations of the two differ by a fifth on a machine of two cores, so it takes many to tell a twentieth.
    internal int OneByOneRepeats { get; private init; } = 25;

    internal int NodeRepeats { get; private init; } = 5;

    internal int LatencyCards { get; private init; } = 6_400;

    internal int LatencyRepeats { get; private init; } = 3;

    internal int ManyCards { get; private init; } = 20_000;

    internal int ManyRepeats { get; private init; } = 25;

    internal int MemoryRows { get; private init; } = 1_000_000;

    internal int Imports { get; private init; } = 15;

    internal int SharedCards { get; private init; } = 10_000;

    internal int SharedRepeats { get; private init; } = 3;

    /// <summary>After this time nothing is repeated any more.</summary>
    internal TimeSpan Deadline { get; private init; } = Timeout.InfiniteTimeSpan;
}
