using System.Globalization;

namespace IotCard.Benchmarks.Fleet;

/// <summary>Ours beside another subject.</summary>
/// <param name="Name">What is compared.</param>
/// <param name="Goal">What it is to reach; null where the line only explains others.</param>
internal sealed record Comparison(string Name, Goal? Goal)
{
    /// <summary>Ours, in <see cref="Unit"/>.</summary>
    public double Ours { get; init; }

    /// <summary>The other subject, likewise; null where ours is measured by itself.</summary>
    public double? Other { get; init; }

    /// <summary>What both are counted in.</summary>
    public string Unit { get; init; } = string.Empty;

    /// <summary>The figure of each single repeat, which tells how far the median can be trusted.</summary>
    public IReadOnlyList<double> Repeats { get; init; } = [];

    /// <summary>What else there is to know.</summary>
    public string? Remark { get; init; }

    /// <summary>Why it was not measured; null where it was.</summary>
    public string? Skipped { get; init; }

    internal bool IsMeasured => Skipped is null;

    /// <summary>The figure that the goal is about.</summary>
    internal double Measured => Measure(Ours, Other ?? 0);

    /// <summary>Whether the goal is reached; null where there is none, or nothing was measured.</summary>
    internal bool? IsMet => IsMeasured && Goal is not null ? Goal.IsMetBy(Measured) : null;

    internal string OursText => Text(Ours);

    internal string OtherText => Other is { } other ? Text(other) : string.Empty;

    /// <summary>The figure in words.</summary>
    internal string Result => (Goal ?? Goal.AtMost(0)).Describe(Measured);

    /// <summary>Compares what each subject took, in seconds, as microseconds a card: the medians.</summary>
    internal static Comparison OfTimes(string name, Goal? goal, int cards, IReadOnlyList<double> ours, IReadOnlyList<double> other) =>
        OfMedians(name, goal, "µs a card", Scale(ours, 1e6 / cards), Scale(other, 1e6 / cards));

    /// <summary>Compares rates: the medians of what each subject reached, in cards a second.</summary>
    internal static Comparison OfRates(string name, Goal goal, int cards, IReadOnlyList<double> ours, IReadOnlyList<double> other) =>
        OfMedians(name, goal, "cards a second", [.. ours.Select(seconds => cards / seconds)], [.. other.Select(seconds => cards / seconds)]);

    /// <summary>Compares whole iterations, in milliseconds: the medians.</summary>
    internal static Comparison OfMilliseconds(string name, Goal? goal, IReadOnlyList<double> ours, IReadOnlyList<double> other) =>
        OfMedians(name, goal, "ms", Scale(ours, 1e3), Scale(other, 1e3));

    /// <summary>The line that the comparison is told in.</summary>
    public override string ToString() => IsMeasured
        ? $"{Name}: ours {OursText}{(Other is null ? string.Empty : $", other {OtherText}")}, {Result} ({GoalText})" + (Remark is null ? string.Empty : $"; {Remark}")
        : $"{Name}: not measured: {Skipped} ({GoalText})";

    private string GoalText => Goal is null ? "no goal" : $"goal {Goal}";

    private static Comparison OfMedians(string name, Goal? goal, string unit, IReadOnlyList<double> ours, IReadOnlyList<double> other)
    {
        var comparison = new Comparison(name, goal) { Ours = Median.Compute(ours), Other = Median.Compute(other), Unit = unit };
        return comparison with { Repeats = [.. ours.Zip(other, comparison.Measure)] };
    }

    private static IReadOnlyList<double> Scale(IReadOnlyList<double> values, double factor) => [.. values.Select(value => value * factor)];

    private double Measure(double ours, double other) => Goal?.Measure(ours, other) ?? (ours / other);

    private string Text(double value) =>
        value.ToString(value >= 100 ? "0" : value >= 10 ? "0.0" : "0.00", CultureInfo.InvariantCulture) + " " + Unit;
}
