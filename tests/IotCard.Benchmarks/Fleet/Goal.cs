using System.Globalization;

namespace IotCard.Benchmarks.Fleet;

/// <summary>What a comparison is to reach.</summary>
internal sealed record Goal(GoalKind Kind, double Limit)
{
    internal static Goal AtMost(double ratio) => new(GoalKind.RatioAtMost, ratio);

    internal static Goal AtLeast(double ratio) => new(GoalKind.RatioAtLeast, ratio);

    /// <summary>The result that the goal applies to.</summary>
    internal double Measure(double ours, double other) => Kind switch
    {
        GoalKind.BytesAtMost or GoalKind.SecondsBelow or GoalKind.PercentBelow => ours,
        _ => ours / other,
    };

    internal bool IsMetBy(double measured) => Kind switch
    {
        GoalKind.RatioAtLeast => measured >= Limit,
        GoalKind.SecondsBelow or GoalKind.PercentBelow => measured < Limit,
        _ => measured <= Limit,
    };

    /// <summary>How much of what the goal allows is used: up to 1 it is met.</summary>
    internal double Share(double measured) => Math.Max(Kind == GoalKind.RatioAtLeast ? Limit / measured : measured / Limit, 0);

    /// <summary>The result as text.</summary>
    internal string Describe(double measured) => string.Create(CultureInfo.InvariantCulture, $"{Text(measured)}{Unit}");

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Comparative} {Limit}{Unit}");

    private string Comparative => Kind switch
    {
        GoalKind.RatioAtLeast => "at least",
        GoalKind.SecondsBelow or GoalKind.PercentBelow => "under",
        _ => "at most",
    };

    private string Unit => Kind switch
    {
        GoalKind.BytesAtMost => " bytes",
        GoalKind.SecondsBelow => " s",
        GoalKind.PercentBelow => " %",
        _ => string.Empty,
    };

    private string Text(double measured) => measured.ToString(
        Kind is GoalKind.RatioAtMost or GoalKind.RatioAtLeast ? "0.000" : Kind == GoalKind.BytesAtMost ? "0" : "0.00", CultureInfo.InvariantCulture);
}
