using IotCard.Client.Cards;

namespace IotCard.Client.Running;

/// <summary>
/// Keeps rows in order that share a card or a device: of each card and each device it knows the last row under way. A
/// device is known by the first 14 digits of its IMEI, which are the same whether or not a check digit or a software
/// version follows (3GPP TS 23.003, section 6).
/// </summary>
internal sealed class Conflicts
{
    private const int DeviceDigits = 14;

    private readonly Dictionary<string, RunRow> _last = new(StringComparer.Ordinal);

    /// <summary>Takes a row in, behind those that it shares a card or a device with.</summary>
    internal void Add(RunRow row)
    {
        foreach (var key in KeysOf(row.Row))
        {
            if (_last.TryGetValue(key, out var predecessor) && predecessor != row)
            {
                row.Follow(predecessor);
            }

            _last[key] = row;
        }
    }

    /// <summary>Forgets a row that is done.</summary>
    internal void Remove(RunRow row)
    {
        foreach (var key in KeysOf(row.Row))
        {
            if (_last.TryGetValue(key, out var last) && last == row)
            {
                _last.Remove(key);
            }
        }
    }

    // An ICCID has 19 characters or more, so that it is never taken for a device.
    private static IEnumerable<string> KeysOf(BindingRow row)
    {
        yield return row.Iccid;
        yield return row.Imei[..DeviceDigits];
        if (row.NewImei is { } newImei)
        {
            yield return newImei[..DeviceDigits];
        }
    }
}
