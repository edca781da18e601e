using IotCard.Client.Cards;

namespace IotCard.Client.Running;

/// <summary>
/// Gives rows out in an order in which those that share a card or a device follow each other as in the input; all others
/// are independent. Not safe for concurrent use.
/// </summary>
internal sealed class DependencyQueue
{
    private readonly Dictionary<string, RunRow> _lastOfCard = new(StringComparer.Ordinal);
    private readonly Dictionary<long, RunRow> _lastOfDevice = [];
    private readonly Queue<RunRow> _ready = new();

    /// <summary>How many rows wait for nothing but a place in flight.</summary>
    internal int ReadyCount => _ready.Count;

    /// <summary>Refuses a row whose devices cannot be told, before anything holds it.</summary>
    /// <exception cref="ArgumentException">An IMEI is shorter than 14 digits or has other characters.</exception>
    internal static void Validate(BindingRow row)
    {
        DeviceIdentity.Parse(row.Imei);
        if (row.NewImei is { } newImei)
        {
            DeviceIdentity.Parse(newImei);
        }
    }

    /// <summary>Enqueues a row behind those that it shares a card or a device with.</summary>
    internal void Enqueue(RunRow row)
    {
        Follow(_lastOfCard, row.Row.Iccid, row);
        Follow(_lastOfDevice, DeviceIdentity.Parse(row.Row.Imei), row);
        if (row.Row.NewImei is { } newImei)
        {
            Follow(_lastOfDevice, DeviceIdentity.Parse(newImei), row);
        }

        if (row.IsReady)
        {
            _ready.Enqueue(row);
        }
    }

    internal bool TryDequeue([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out RunRow? row)
    {
        row = _ready.Count > 0 ? _ready.Dequeue() : null;
        return row is not null;
    }

    /// <summary>The row is done: those behind it may follow.</summary>
    internal void Complete(RunRow row)
    {
        Forget(_lastOfCard, row.Row.Iccid, row);
        Forget(_lastOfDevice, DeviceIdentity.Parse(row.Row.Imei), row);
        if (row.Row.NewImei is { } newImei)
        {
            Forget(_lastOfDevice, DeviceIdentity.Parse(newImei), row);
        }

        row.Release(_ready);
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
}
