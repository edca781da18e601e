namespace IotCard.Client.Cards;

/// <summary>
/// Finds rows of one list that repeat or contradict each other. All rows are added before the first lookup, because a
/// later row can contradict an earlier one. A card that moves to one device and from there to another contradicts
/// nothing.
/// </summary>
internal sealed class RowConflicts
{
    private readonly Dictionary<BindingRow, long> _first = [];
    private readonly Dictionary<string, CardRows> _cards = new(StringComparer.Ordinal);
    private readonly Dictionary<long, DeviceRows> _current = [];
    private readonly Dictionary<long, DeviceRows> _new = [];

    /// <summary>Adds a row that has passed <see cref="RowCheck"/>.</summary>
    internal void Add(BindingRow row)
    {
        if (_first.ContainsKey(row))
        {
            return;
        }

        _first.Add(row, row.RowNumber);
        if (_cards.TryGetValue(row.Iccid, out var card))
        {
            card.Add(row);
        }
        else
        {
            _cards.Add(row.Iccid, new CardRows(row));

            // Only a card's first device is stated by the list; every later one follows from the rows before it.
            Add(_current, row.Imei, row);
        }

        if (row.NewImei is { } newImei)
        {
            Add(_new, newImei, row);
        }
    }

    /// <summary>Finds the conflict of a row that was added.</summary>
    /// <returns>The most serious conflict; null if there is none.</returns>
    internal RowConflict? Find(BindingRow row) =>
        _first[row] != row.RowNumber ? new RowConflict(RowConflict.Duplicate, _first[row])
        : _cards[row.Iccid].FindOther(row) is { } sameCard ? new RowConflict(RowConflict.CardTwice, sameCard)
        : row.NewImei is { } newImei && _new[DeviceIdentity.Parse(newImei)].FindOther(row) is { } sameNew ? new RowConflict(RowConflict.DeviceTwice, sameNew)
        : _current.TryGetValue(DeviceIdentity.Parse(row.Imei), out var current) && current.FindOther(row) is { } sameCurrent ? new RowConflict(RowConflict.DeviceTwice, sameCurrent)
        : null;

    private static void Add(Dictionary<long, DeviceRows> rows, string imei, BindingRow row)
    {
        var device = DeviceIdentity.Parse(imei);
        if (rows.TryGetValue(device, out var known))
        {
            known.Add(row);
        }
        else
        {
            rows.Add(device, new DeviceRows(row));
        }
    }

    /// <summary>The rows of one card: the last one, and the first two that contradict each other.</summary>
    private sealed class CardRows(BindingRow first)
    {
        private BindingRow _last = first;
        private (long One, long Other)? _conflict;

        internal void Add(BindingRow row)
        {
            if (_last.NewImei is not { } reached || DeviceIdentity.Parse(reached) != DeviceIdentity.Parse(row.Imei))
            {
                _conflict ??= (_last.RowNumber, row.RowNumber);
            }

            _last = row;
        }

        internal long? FindOther(BindingRow row) =>
            _conflict is { } conflict ? row.RowNumber == conflict.Other ? conflict.One : conflict.Other : null;
    }

    /// <summary>The rows of one device: the first one, and the first one with another card.</summary>
    private sealed class DeviceRows(BindingRow first)
    {
        private long? _other;

        internal void Add(BindingRow row) => _other ??= row.Iccid == first.Iccid ? null : row.RowNumber;

        internal long? FindOther(BindingRow row) => _other is null ? null : row.Iccid == first.Iccid ? _other : first.RowNumber;
    }
}
