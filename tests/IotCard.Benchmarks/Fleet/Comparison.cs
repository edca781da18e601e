using System.Globalization;

namespace IotCard.Benchmarks.Fleet;

/// <summary>Ours beside another subject.</summary>
internal sealed record Comparison(string Name, Goal Goal)
{
    /// <summary>Ours, in <see cref="Unit"/>.</summary>
    public double Ours { get; init; }

    /// <summary>The other subject, likewise.</summary>
    public double Other { get; init; }

    /// <summary>What both are counted in.</summary>
    public string Unit { get; init; } = string.Empty;

    /// <summary>The figure of each single repeat, which tells how far the median can be trusted.</summary>
    public IReadOnlyList<double> Repeats { get; init; } = [];

    /// <summary>What else there is to know.</summary>
    public string? Remark { get; init; }

    /// <summary>Why it was not measured; null where it was.</summary>
    public string? Skipped { get; init; }

    internal double Measured => Goal.Measure(Ours, Other);

    internal bool IsMet => Skipped is null && Goal.IsMetBy(Measured);

    internal string OursText => Text(Ours);

    internal string OtherText => Text(Other);

    /// <summary>Compares times: the medians of what each subject took, as time a card.</summary>
    internal static Comparison OfTimes(string name, Goal goal, int cards, Series ours, Series other) => new(name, goal)
    {
        Ours = ours.Median / cards * 1e6,
        Other = other.Median / cards * 1e6,
        Unit = "µs a card",
        Repeats = Series.Pair(ours, other, goal.Measure),
    };

    /// <summary>Compares rates: the medians of what each subject reached, in cards a second.</summary>
    internal static Comparison OfRates(string name, Goal goal, int cards, Series ours, Series other) => new(name, goal)
    {
        Ours = cards / ours.Median,
        Other = cards / other.Median,
        Unit = "cards a second",
        Repeats = Series.Pair(ours, other, (a, b) => goal.Measure(cards / a, cards / b)),
    };

    /// <summary>The line that the comparison is told in.</summary>
    public override string ToString() => Skipped is not null
        ? $"{Name}: not measured: {Skipped} (goal {Goal})"
        : string.Create(CultureInfo.InvariantCulture, $"{Name}: ours {OursText}, other {OtherText}, ratio {Ours / Other:0.000}{Excess} (goal {Goal})")
            + (Remark is null ? string.Empty : $"; {Remark}");

    private string Excess => Goal.Kind == GoalKind.MegabytesMoreAtMost ? ", " + Goal.Describe(Measured) : string.Empty;

    private string Text(double value) =>
        value.ToString(value >= 100 ? "0" : value >= 10 ? "0.0" : "0.00", CultureInfo.InvariantCulture) + " " + Unit;
}
