using System.Globalization;

namespace IotCard.Benchmarks.Fleet;

/// <summary>What a comparison is to reach.</summary>
internal sealed record Goal(GoalKind Kind, double Limit)
{
    /// <summary>The figure that the goal is about.</summary>
    internal double Measure(double ours, double other) => Kind == GoalKind.MegabytesMoreAtMost ? ours - other : ours / other;

    internal bool IsMetBy(double measured) => Kind == GoalKind.RatioAtLeast ? measured >= Limit : measured <= Limit;

    /// <summary>How much of what the goal allows is used: up to 1 it is met.</summary>
    internal double Share(double measured) => Math.Max(Kind == GoalKind.RatioAtLeast ? Limit / measured : measured / Limit, 0);

    /// <summary>The figure in words.</summary>
    internal string Describe(double measured) => Kind == GoalKind.MegabytesMoreAtMost
        ? string.Create(CultureInfo.InvariantCulture, $"{measured:0.0} MB more")
        : string.Create(CultureInfo.InvariantCulture, $"{measured:0.000}");

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"at {(Kind == GoalKind.RatioAtLeast ? "least" : "most")} {Limit}")
        + (Kind == GoalKind.MegabytesMoreAtMost ? " MB more" : string.Empty);
}
