using System.IO.Hashing;
using System.Text;
using IotCard.Client.Cards;

namespace IotCard.Client.Journaling;

/// <summary>
/// Identifies a row in 16 bytes, so that a journal of a million rows can be looked up in little memory: a 128-bit hash
/// of the row and of what distinguishes it from identical rows.
/// </summary>
internal readonly record struct RowKey(ulong High, ulong Low)
{
    private const int HashLength = 16;

    /// <param name="row">The row.</param>
    /// <param name="number">The row's number among identical rows, or another number that only one of them has; 0 for all of them.</param>
    internal static RowKey From(BindingRow row, long number) => From(row.Iccid, row.Imei, row.NewImei, number);

    internal static RowKey From(string iccid, string imei, string? newImei, long number)
    {
        var text = Encoding.UTF8.GetBytes($"{iccid}\n{imei}\n{newImei}");
        var hash = new byte[HashLength];
        XxHash128.Hash(text, hash, seed: number);
        return new RowKey(BitConverter.ToUInt64(hash, 0), BitConverter.ToUInt64(hash, sizeof(ulong)));
    }
}
