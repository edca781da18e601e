namespace IotCard.Benchmarks.Fleet;

/// <summary>How much is measured.</summary>
internal sealed record Scale
{
    /// <summary>The scale for judging the goals.</summary>
    internal static Scale Full { get; } = new();

    /// <summary>A first look.</summary>
    internal static Scale Quick { get; } = new()
    {
        IsQuick = true,
        FreshRepeats = 3,
        ThousandRepeats = 1,
        WarmUpCards = 2_000,
        ManyCards = 6_000,
        ManyRepeats = 3,
        SteadyWarmUpCards = 640,
        SteadyCards = 640,
        SteadyRepeats = 1,
        FirstRepeats = 1,
        SlowDiskRepeats = 1,
        SharedCards = 640,
        SharedRepeats = 1,
        CheckRepeats = 1,
        CheckManyRows = 30_000,
    };

    internal bool IsQuick { get; private init; }

    // Single processes differ by a tenth, so it takes many to see a fiftieth.
    internal int FreshRepeats { get; private init; } = 25;

    internal int ThousandRepeats { get; private init; } = 3;

    /// <summary>How many cards each shared subject handles, many at once, before it is measured, so that its code is optimized.</summary>
    internal int WarmUpCards { get; private init; } = 20_000;

    internal int ManyCards { get; private init; } = 20_000;

    internal int ManyRepeats { get; private init; } = 11;

    /// <summary>How many cards each subject handles at a steady pace before its processor time counts.</summary>
    internal int SteadyWarmUpCards { get; private init; } = 3_200;

    internal int SteadyCards { get; private init; } = 1_600;

    internal int SteadyRepeats { get; private init; } = 5;

    internal int FirstCards { get; private init; } = 2_500;

    internal int FirstRepeats { get; private init; } = 4;

    internal int SlowDiskRepeats { get; private init; } = 4;

    internal int SharedCards { get; private init; } = 3_200;

    internal int SharedRepeats { get; private init; } = 3;

    internal int CheckRepeats { get; private init; } = 3;

    internal int CheckManyRows { get; private init; } = 100_000;
}
