namespace IotCard.Client.Running;

/// <summary>
/// Keeps rows in order that share a card or a device: of each card and each device it knows the last row under way. A
/// device is known by the first 14 digits of its IMEI, which are the same whether or not a check digit or a software
/// version follows (3GPP TS 23.003, section 6).
/// </summary>
internal sealed class Conflicts
{
    private const int DeviceDigits = 14;

    private readonly Dictionary<string, RunRow> _lastOfCard = new(StringComparer.Ordinal);
    private readonly Dictionary<long, RunRow> _lastOfDevice = [];

    /// <summary>Takes a row in, behind those that it shares a card or a device with.</summary>
    internal void Add(RunRow row)
    {
        Follow(_lastOfCard, row.Row.Iccid, row);
        Follow(_lastOfDevice, DeviceOf(row.Row.Imei), row);
        if (row.Row.NewImei is { } newImei)
        {
            Follow(_lastOfDevice, DeviceOf(newImei), row);
        }
    }

    /// <summary>Forgets a row that is done.</summary>
    internal void Remove(RunRow row)
    {
        Forget(_lastOfCard, row.Row.Iccid, row);
        Forget(_lastOfDevice, DeviceOf(row.Row.Imei), row);
        if (row.Row.NewImei is { } newImei)
        {
            Forget(_lastOfDevice, DeviceOf(newImei), row);
        }
    }

    private static void Follow<TKey>(Dictionary<TKey, RunRow> last, TKey key, RunRow row)
        where TKey : notnull
    {
        if (last.TryGetValue(key, out var predecessor) && predecessor != row)
        {
            row.Follow(predecessor);
        }

        last[key] = row;
    }

    private static void Forget<TKey>(Dictionary<TKey, RunRow> last, TKey key, RunRow row)
        where TKey : notnull
    {
        if (last.TryGetValue(key, out var one) && one == row)
        {
            last.Remove(key);
        }
    }

    private static long DeviceOf(string imei)
    {
        var device = 0L;
        for (var i = 0; i < DeviceDigits; i++)
        {
            device = (device * 10) + (imei[i] - '0');
        }

        return device;
    }
}
