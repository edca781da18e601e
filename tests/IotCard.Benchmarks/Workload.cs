using IotCard.Sandbox.Cards;

namespace IotCard.Benchmarks;

/// <summary>The rows of a iteration: each rebinds a card of a fresh generated fleet, so that all of them succeed.</summary>
/// <param name="Cards">How many rows.</param>
/// <param name="SharedEvery">Every n-th row is for the card of the row before it, which it rebinds further; 0 = none.</param>
internal sealed record Workload(int Cards, int SharedEvery = 0)
{
    /// <summary>The row of an index, from 0 on.</summary>
    internal (string Iccid, string Imei, string NewImei) this[int i]
    {
        get
        {
            var followsItsCard = SharedEvery > 0 && i % SharedEvery == SharedEvery - 1;
            return followsItsCard
                ? (SyntheticNumbers.Iccid(i - 1), SyntheticNumbers.Imei(Cards + i - 1), SyntheticNumbers.Imei(Cards + i))
                : (SyntheticNumbers.Iccid(i), SyntheticNumbers.Imei(i), SyntheticNumbers.Imei(Cards + i));
        }
    }
}
