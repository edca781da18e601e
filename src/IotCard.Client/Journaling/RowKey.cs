using System.IO.Hashing;
using System.Text;
using IotCard.Client.Cards;

namespace IotCard.Client.Journaling;

/// <summary>
/// Identifies a row in 16 bytes, so that a journal of a million rows can be looked up in little memory: a 128-bit hash
/// of the row and its number among identical rows.
/// </summary>
internal readonly record struct RowKey(ulong High, ulong Low)
{
    private const int HashLength = 16;

    internal static RowKey From(BindingRow row, int number)
    {
        var text = Encoding.UTF8.GetBytes($"{row.Iccid}\n{row.Imei}\n{row.NewImei}");
        var hash = new byte[HashLength];
        XxHash128.Hash(text, hash, seed: number);
        return new RowKey(BitConverter.ToUInt64(hash, 0), BitConverter.ToUInt64(hash, sizeof(ulong)));
    }
}
