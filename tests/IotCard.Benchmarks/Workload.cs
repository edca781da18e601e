using System.Globalization;
using IotCard.Sandbox.Cards;

namespace IotCard.Benchmarks;

/// <summary>The rows of an iteration, for a generated fleet of the same size; each row rebinds a card.</summary>
/// <param name="Cards">How many rows.</param>
/// <param name="Kind">What rows they are.</param>
internal sealed record Workload(int Cards, WorkloadKind Kind = WorkloadKind.Different)
{
    private const int SharedEvery = 20;

    /// <summary>How many of the rows the service executes.</summary>
    internal int Executed => Kind switch
    {
        WorkloadKind.Identical => 1,
        WorkloadKind.Unbound => 0,
        _ => Cards,
    };

    /// <summary>The row at an index.</summary>
    internal (string Iccid, string Imei, string NewImei) this[int i] => Kind switch
    {
        WorkloadKind.Sharing when i % SharedEvery == SharedEvery - 1 =>
            (SyntheticNumbers.Iccid(i - 1), SyntheticNumbers.Imei(Cards + i - 1), SyntheticNumbers.Imei(Cards + i)),
        WorkloadKind.Identical => (SyntheticNumbers.Iccid(0), SyntheticNumbers.Imei(0), SyntheticNumbers.Imei(Cards)),
        WorkloadKind.Unbound => (SyntheticNumbers.Iccid(i), SyntheticNumbers.Imei(Cards + i), SyntheticNumbers.Imei(Cards + Cards + i)),
        _ => (SyntheticNumbers.Iccid(i), SyntheticNumbers.Imei(i), SyntheticNumbers.Imei(Cards + i)),
    };

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
