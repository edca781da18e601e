using System.Globalization;

namespace IotCard.Benchmarks.Fleet;

/// <summary>The module compared with another subject.</summary>
/// <param name="Name">What is compared.</param>
/// <param name="Goal">The goal; null if the line only explains others.</param>
internal sealed record Comparison(string Name, Goal? Goal)
{
    /// <summary>The module's figure, in <see cref="Unit"/>.</summary>
    public double Ours { get; init; }

    /// <summary>The other subject's figure; null if the module is measured by itself.</summary>
    public double? Other { get; init; }

    /// <summary>The unit of both figures.</summary>
    public string Unit { get; init; } = string.Empty;

    /// <summary>The result of each repeat, which shows how reliable the median is.</summary>
    public IReadOnlyList<double> Repeats { get; init; } = [];

    /// <summary>The single runs, if this is what several of them found together.</summary>
    public IReadOnlyList<Comparison> Runs { get; private init; } = [];

    /// <summary>Additional information.</summary>
    public string? Remark { get; init; }

    /// <summary>Why it was not measured; null if it was.</summary>
    public string? Skipped { get; init; }

    internal bool IsMeasured => Skipped is null;

    /// <summary>The results that the goal applies to: one for each run.</summary>
    internal IReadOnlyList<double> Results => Runs.Count == 0 ? [Measure(Ours, Other ?? 0)] : [.. Runs.SelectMany(static run => run.Results)];

    /// <summary>Whether the goal is reached, in every run; null if there is none, or nothing was measured.</summary>
    internal bool? IsMet => IsMeasured && Goal is not null ? Results.All(Goal.IsMetBy) : null;

    /// <summary>How much of what the goal allows is used, in the run that uses most.</summary>
    internal double Share => Results.Max(Goal!.Share);

    internal string OursText => Text(Ours);

    internal string OtherText => Other is { } other ? Text(other) : string.Empty;

    /// <summary>The result as text; of several runs, all of them.</summary>
    internal string Result => string.Join(" / ", Results.Select((Goal ?? Goal.AtMost(0)).Describe));

    /// <summary>Compares the medians of times, in microseconds per card.</summary>
    internal static Comparison OfTimes(string name, Goal? goal, int cards, IReadOnlyList<double> ours, IReadOnlyList<double> other) =>
        OfMedians(name, goal, "µs a card", Scale(ours, 1e6 / cards), Scale(other, 1e6 / cards));

    /// <summary>Compares the medians of rates, in cards per second.</summary>
    internal static Comparison OfRates(string name, Goal? goal, int cards, IReadOnlyList<double> ours, IReadOnlyList<double> other) =>
        OfMedians(name, goal, "cards a second", [.. ours.Select(seconds => cards / seconds)], [.. other.Select(seconds => cards / seconds)]);

    /// <summary>Compares the medians of whole iterations, in milliseconds.</summary>
    internal static Comparison OfMilliseconds(string name, Goal? goal, IReadOnlyList<double> ours, IReadOnlyList<double> other) =>
        OfMedians(name, goal, "ms", Scale(ours, 1e3), Scale(other, 1e3));

    /// <summary>Compares the medians of memory, in megabytes.</summary>
    internal static Comparison OfMegabytes(string name, IReadOnlyList<double> ours, IReadOnlyList<double> other) =>
        OfMedians(name, goal: null, "MB", Scale(ours, 1e-6), Scale(other, 1e-6));

    /// <summary>Combines the same comparison of several runs.</summary>
    internal static Comparison Combine(IReadOnlyList<Comparison> runs) =>
        runs.FirstOrDefault(static run => !run.IsMeasured) ?? runs[^1] with
        {
            Ours = Median.Compute([.. runs.Select(static run => run.Ours)]),
            Other = runs[^1].Other is null ? null : Median.Compute([.. runs.Select(static run => run.Other ?? 0)]),
            Repeats = [.. runs.SelectMany(static run => run.Repeats)],
            Runs = runs,
        };

    /// <summary>The comparison as one line.</summary>
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
