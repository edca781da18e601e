using System.Globalization;

namespace IotCard.Benchmarks.Fleet;

/// <summary>What a subject reaches at a steady pace.</summary>
/// <param name="Subject">Its name.</param>
/// <param name="Kind">What it is to the module.</param>
/// <param name="CardsASecond">Its rate.</param>
/// <param name="CpuMicros">Its processor time per card, in microseconds.</param>
internal sealed record Figure(string Subject, FigureKind Kind, double CardsASecond, double CpuMicros)
{
    /// <summary>The medians of a subject's iterations.</summary>
    internal static Figure Of(string subject, FigureKind kind, int cards, Series series) =>
        new(subject, kind, cards / Median.Compute(series.Seconds), Median.Compute(series.CpuSeconds) * 1e6 / cards);

    /// <summary>Combines the same figure of several runs.</summary>
    internal static Figure Combine(IReadOnlyList<Figure> runs) => runs[0] with
    {
        CardsASecond = Median.Compute(runs.Select(static run => run.CardsASecond)),
        CpuMicros = Median.Compute(runs.Select(static run => run.CpuMicros)),
    };

    /// <summary>The figure as one line.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Subject}: {CardsASecond:N0} cards a second, {CpuMicros:N0} µs of CPU a card");
}
