namespace IotCard.Benchmarks.Fleet;

/// <summary>How much is measured.</summary>
internal sealed record Scale
{
    /// <summary>The scale for judging the goals; about ten minutes.</summary>
    internal static Scale Full { get; } = new();

    /// <summary>A first look, within a minute on two cores.</summary>
    internal static Scale Quick { get; } = new()
    {
        IsQuick = true,
        WarmUpCards = 2_000,
        OneCardRepeats = 1,
        OneByOneCards = 2_000,
        OneByOneRepeats = 1,
        NodeRepeats = 1,
        ManyCards = 6_000,
        ManyRepeats = 3,
        SteadyWarmUpCards = 320,
        SteadyCards = 320,
        SteadyRepeats = 1,
        FirstCards = 320,
        FirstRepeats = 1,
        SlowDiskRepeats = 1,
        SharedCards = 640,
        SharedRepeats = 1,
        CheckRepeats = 1,
        CheckManyRows = 30_000,
        IdenticalRows = 1_000,
        IdenticalRepeats = 2,
        Imports = 1,
        ListMoreRows = 2_000,
        ListManyRows = 10_000,
        Deadline = TimeSpan.FromSeconds(30),
    };

    internal bool IsQuick { get; private init; }

    /// <summary>How many cards each shared subject handles, many at once, before it is measured, so that its code is optimized.</summary>
    internal int WarmUpCards { get; private init; } = 20_000;

    internal int OneCardRepeats { get; private init; } = 15;

    internal int OneByOneCards { get; private init; } = 10_000;

    // On two cores single iterations differ by a fifth, so it takes many to detect a twentieth.
    internal int OneByOneRepeats { get; private init; } = 25;

    internal int NodeRepeats { get; private init; } = 5;

    internal int ManyCards { get; private init; } = 20_000;

    internal int ManyRepeats { get; private init; } = 21;

    /// <summary>How many cards each subject handles at a steady pace before its processor time counts.</summary>
    internal int SteadyWarmUpCards { get; private init; } = 5_000;

    internal int SteadyCards { get; private init; } = 1_600;

    internal int SteadyRepeats { get; private init; } = 5;

    internal int FirstCards { get; private init; } = 2_500;

    internal int FirstRepeats { get; private init; } = 4;

    internal int SlowDiskRepeats { get; private init; } = 3;

    internal int SharedCards { get; private init; } = 3_200;

    internal int SharedRepeats { get; private init; } = 3;

    internal int CheckRepeats { get; private init; } = 3;

    internal int CheckManyRows { get; private init; } = 100_000;

    internal int IdenticalRows { get; private init; } = 4_000;

    internal int IdenticalRepeats { get; private init; } = 3;

    internal int Imports { get; private init; } = 15;

    internal int ListFewRows { get; private init; } = 10;

    internal int ListMoreRows { get; private init; } = 10_000;

    internal int ListManyRows { get; private init; } = 100_000;

    /// <summary>After this time, nothing is repeated.</summary>
    internal TimeSpan Deadline { get; private init; } = Timeout.InfiniteTimeSpan;
}
