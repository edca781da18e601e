using System.Globalization;
using IotCard.Sandbox.Cards;

namespace IotCard.Benchmarks;

/// <summary>The rows of an iteration, for a generated fleet of the same size; each row rebinds a card.</summary>
/// <param name="Cards">How many rows.</param>
/// <param name="SharesCards">Whether every 20th row rebinds the card of the row before it once more.</param>
internal sealed record Workload(int Cards, bool SharesCards = false)
{
    private const int SharedEvery = 20;

    /// <summary>The row at an index.</summary>
    internal (string Iccid, string Imei, string NewImei) this[int i] => SharesCards && i % SharedEvery == SharedEvery - 1
        ? (SyntheticNumbers.Iccid(i - 1), SyntheticNumbers.Imei(Cards + i - 1), SyntheticNumbers.Imei(Cards + i))
        : (SyntheticNumbers.Iccid(i), SyntheticNumbers.Imei(i), SyntheticNumbers.Imei(Cards + i));

    /// <summary>Writes the rows as a CSV file.</summary>
    internal void WriteCsv(string path)
    {
        using var writer = new StreamWriter(path);
        writer.WriteLine("Iccid,Imei,NewImei");
        for (var i = 0; i < Cards; i++)
        {
            var (iccid, imei, newImei) = this[i];
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{iccid},{imei},{newImei}"));
        }
    }
}
