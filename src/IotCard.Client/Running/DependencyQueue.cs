using IotCard.Client.Cards;

namespace IotCard.Client.Running;

/// <summary>
/// Releases rows that share a card or a device in input order, one after the other; all others are independent. Not
/// safe for concurrent use.
/// </summary>
internal sealed class DependencyQueue
{
    private readonly Dictionary<string, QueuedRow> _lastOfCard = new(StringComparer.Ordinal);
    private readonly Dictionary<long, QueuedRow> _lastOfDevice = [];
    private readonly Queue<QueuedRow> _ready = new();

    /// <summary>How many rows wait only for a place in flight.</summary>
    internal int ReadyCount => _ready.Count;

    /// <summary>Rejects a row with invalid IMEIs, before it is queued.</summary>
    /// <exception cref="ArgumentException">An IMEI is shorter than 14 digits or has other characters.</exception>
    internal static void Validate(BindingRow row)
    {
        DeviceIdentity.Parse(row.Imei);
        if (row.NewImei is { } newImei)
        {
            DeviceIdentity.Parse(newImei);
        }
    }

    /// <summary>Enqueues a row behind those that share its card or a device.</summary>
    internal void Enqueue(QueuedRow row)
    {
        Follow(_lastOfCard, row.Row.Binding.Iccid, row);
        Follow(_lastOfDevice, DeviceIdentity.Parse(row.Row.Binding.Imei), row);
        if (row.Row.Binding.NewImei is { } newImei)
        {
            Follow(_lastOfDevice, DeviceIdentity.Parse(newImei), row);
        }

        if (row.IsReady)
        {
            _ready.Enqueue(row);
        }
    }

    internal bool TryDequeue([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out QueuedRow? row)
    {
        row = _ready.Count > 0 ? _ready.Dequeue() : null;
        return row is not null;
    }

    /// <summary>Removes a settled row, which releases the rows behind it.</summary>
    internal void Release(QueuedRow row)
    {
        Forget(_lastOfCard, row.Row.Binding.Iccid, row);
        Forget(_lastOfDevice, DeviceIdentity.Parse(row.Row.Binding.Imei), row);
        if (row.Row.Binding.NewImei is { } newImei)
        {
            Forget(_lastOfDevice, DeviceIdentity.Parse(newImei), row);
        }

        row.Release(_ready);
    }

    private static void Follow<TKey>(Dictionary<TKey, QueuedRow> last, TKey key, QueuedRow row)
        where TKey : notnull
    {
        if (last.TryGetValue(key, out var predecessor) && predecessor != row)
        {
            row.Follow(predecessor);
        }

        last[key] = row;
    }

    private static void Forget<TKey>(Dictionary<TKey, QueuedRow> last, TKey key, QueuedRow row)
        where TKey : notnull
    {
        if (last.TryGetValue(key, out var one) && one == row)
        {
            last.Remove(key);
        }
    }
}
