using IotCard.Benchmarks.Sides;

namespace IotCard.Benchmarks.Fleet;

/// <summary>A side that takes turns in a comparison, and what it does in each.</summary>
internal sealed record Player(SideProcess Side, Turn Turn)
{
    /// <summary>Whether the side can do nothing but one request after the other.</summary>
    public bool IsSequential { get; init; }
}
