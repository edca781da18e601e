using IotCard.Client.Cards;

namespace IotCard.Client.Planning;

/// <summary>
/// Finds the rows of one list that repeat or contradict each other. A card that moves to one device and from there to
/// another contradicts nothing. Rows are sorted rather than put into tables: a long list costs little memory for a
/// moment, and only rows with a conflict cost more.
/// </summary>
internal sealed class RowConflicts
{
    private readonly IReadOnlyList<BindingRow> _rows;
    private readonly Dictionary<int, RowConflict> _conflicts = [];

    /// <summary>Looks at a list.</summary>
    /// <param name="rows">Rows that have passed <see cref="RowCheck"/>, in input order.</param>
    internal RowConflicts(IReadOnlyList<BindingRow> rows)
    {
        _rows = rows;
        if (rows.Count < 2)
        {
            return;
        }

        var cards = new CardOrder(rows);
        var isFirst = new bool[rows.Count];
        var isRepeated = new bool[rows.Count];
        foreach (var card in cards.Groups())
        {
            isFirst[card.Array![card.Offset]] = true;
            if (card.Count > 1)
            {
                Examine(card, isRepeated);
            }
        }

        ExamineDevices(i => isRepeated[i] ? null : rows[i].NewImei, static _ => true);

        // Only a card's first device is stated by the list; every later one follows from the rows before it.
        ExamineDevices(i => isRepeated[i] ? null : rows[i].Imei, i => isFirst[i]);
    }

    /// <summary>Finds the conflict of a row.</summary>
    /// <param name="index">The row's index in the list.</param>
    /// <returns>The most serious conflict; null if there is none.</returns>
    internal RowConflict? Find(int index) => _conflicts.TryGetValue(index, out var conflict) ? conflict : null;

    /// <summary>The rows of one card, in input order: repeated ones, and the first two that contradict each other.</summary>
    private void Examine(ArraySegment<int> card, bool[] isRepeated)
    {
        var first = new Dictionary<BindingRow, int>();
        var last = -1;
        (int One, int Other)? conflict = null;
        foreach (var index in card)
        {
            var row = _rows[index];
            if (first.TryGetValue(row, out var original))
            {
                isRepeated[index] = true;
                Add(index, RowConflict.Duplicate, original);
                continue;
            }

            first.Add(row, index);
            if (last >= 0 && conflict is null && (_rows[last].NewImei is not { } reached || DeviceIdentity.Parse(reached) != DeviceIdentity.Parse(row.Imei)))
            {
                conflict = (last, index);
            }

            last = index;
        }

        if (conflict is var (one, other))
        {
            foreach (var index in first.Values)
            {
                Add(index, RowConflict.CardTwice, index == other ? one : other);
            }
        }
    }

    /// <summary>Finds devices that rows of two cards name.</summary>
    /// <param name="deviceOf">The device that a row names; null for none.</param>
    /// <param name="isStated">Whether the row states it, rather than following from others.</param>
    private void ExamineDevices(Func<int, string?> deviceOf, Func<int, bool> isStated)
    {
        var named = Enumerable.Range(0, _rows.Count).Where(i => deviceOf(i) is not null).ToArray();
        var devices = Array.ConvertAll(named, i => DeviceIdentity.Parse(deviceOf(i)!));
        Array.Sort(devices, named);
        for (var start = 0; start < named.Length;)
        {
            var end = start + 1;
            while (end < named.Length && devices[end] == devices[start])
            {
                end++;
            }

            if (end - start > 1)
            {
                Examine([.. named.Skip(start).Take(end - start).OrderBy(static i => i)], isStated);
            }

            start = end;
        }
    }

    private void Examine(List<int> device, Func<int, bool> isStated)
    {
        var stated = device.Where(isStated).ToList();
        var other = stated.FindIndex(i => _rows[i].Iccid != _rows[stated[0]].Iccid);
        if (other < 0)
        {
            return;
        }

        foreach (var index in device)
        {
            Add(index, RowConflict.DeviceTwice, _rows[index].Iccid == _rows[stated[0]].Iccid ? stated[other] : stated[0]);
        }
    }

    /// <summary>Adds a conflict, unless the row has a more serious one.</summary>
    private void Add(int index, string code, int other)
    {
        if (!_conflicts.ContainsKey(index))
        {
            _conflicts.Add(index, new RowConflict(code, _rows[other].RowNumber));
        }
    }

    /// <summary>The rows of a list, grouped by card.</summary>
    private sealed class CardOrder
    {
        private readonly IReadOnlyList<BindingRow> _rows;
        private readonly int[] _order;

        internal CardOrder(IReadOnlyList<BindingRow> rows)
        {
            _rows = rows;
            _order = [.. Enumerable.Range(0, rows.Count)];
            Array.Sort(_order, (one, other) => string.CompareOrdinal(rows[one].Iccid, rows[other].Iccid) is not 0 and var order ? order : one.CompareTo(other));
        }

        internal IEnumerable<ArraySegment<int>> Groups()
        {
            for (var start = 0; start < _order.Length;)
            {
                var end = start + 1;
                while (end < _order.Length && _rows[_order[end]].Iccid == _rows[_order[start]].Iccid)
                {
                    end++;
                }

                yield return new ArraySegment<int>(_order, start, end - start);
                start = end;
            }
        }
    }
}
