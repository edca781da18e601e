using IotCard.Client.Cards;
using IotCard.Client.Rules;

namespace IotCard.Client.Journaling;

/// <summary>
/// The index of a journal: where the last lines of each row are, in the order of their first ones. A row takes some 80
/// bytes, whatever its lines say. Not safe for concurrent use.
/// </summary>
internal sealed class JournalIndex
{
    private readonly JournalFile _file;
    private readonly Dictionary<RowKey, int> _places = [];
    private readonly List<RowState> _rows = [];
    private readonly List<TornLine> _torn = [];
    private CardIndex? _cards;

    private JournalIndex(JournalFile file, JournalScan scan) => (_file, Scan) = (file, scan);

    /// <summary>What reading the file found out about the file itself.</summary>
    internal JournalScan Scan { get; }

    internal JournalJob? Job => Scan.Job;

    /// <summary>When the first run started, as far as the journal says.</summary>
    internal DateTimeOffset? StartedAt { get; private set; }

    /// <summary>The last run: when it started, and which file it wrote.</summary>
    internal JournalLine? LastRun { get; private set; }

    /// <summary>The hash of the last run's list; null if that run did not record one.</summary>
    internal string? ListHash { get; private set; }

    /// <summary>Tells of records that could not be written; null if none is missing.</summary>
    internal JournalLine? Gap { get; private set; }

    /// <summary>How many rows were in flight when their run ended.</summary>
    internal int OpenCount
    {
        get
        {
            var count = 0;
            for (var i = 0; i < _rows.Count; i++)
            {
                count += _rows[i].Intent > 0 ? 1 : 0;
            }

            return count;
        }
    }

    /// <summary>The torn lines, each of which may be an intent of a row.</summary>
    internal IReadOnlyList<TornLine> Torn => _torn;

    private CardIndex Cards => _cards ??= CreateCards();

    /// <summary>Reads a journal.</summary>
    /// <exception cref="JournalException">It is another kind of file.</exception>
    internal static JournalIndex Load(JournalFile file)
    {
        var index = new JournalIndex(file, new JournalScan(file));
        index.Load();
        return index;
    }

    internal RowState Find(RowKey key) => _places.TryGetValue(key, out var place) ? _rows[place] : default;

    /// <inheritdoc cref="CardIndex.Claim"/>
    internal bool Claim(string iccid, RowKey key, long offset, int claim) => Cards.Claim(iccid, key, offset, claim);

    /// <summary>Whether a row that comes later, and was not claimed later, has changed a row's card, or may have, to something else.</summary>
    internal bool IsOvertaken(BindingRow row, long offset, int claim) =>
        Cards.FindLaterChange(row.Iccid, offset, claim) is > 0 and var later
        && (_torn.Exists(torn => torn.Offset == later)
            || _file.ReadAt(later) is var line
            && (line.IsIntent || JournalFormat.StatusOf(line) != OutcomeStatus.Succeeded || JournalFormat.RowOf(line, row.Operation) != row));

    /// <summary>The torn line that may belong to a row, so that it may have been sent; null if there is none.</summary>
    internal TornLine? FindTorn(BindingRow row, int number, RowState state) =>
        _torn.Find(torn => state.LeavesRoomFor(torn) && torn.MayBelongTo(row, number));

    /// <summary>Reads how every row ended, in the order of their first lines.</summary>
    internal List<IndexedRow> ReadRows()
    {
        var rows = new List<IndexedRow>(_rows.Count);
        foreach (var state in _rows)
        {
            var line = _file.ReadAt(state.Intent > 0 ? state.Intent : state.Outcome);
            var outcome = JournalFormat.OutcomeOf(line, OperationOf(line));
            rows.Add(new IndexedRow(FindTorn(outcome.Row, state.Number, state) is null ? outcome : Interrupted(outcome.Row), state));
        }

        foreach (var torn in _torn)
        {
            if (torn.TryGetRow(Job?.Operation ?? default, out var row, out var number) && !_places.ContainsKey(RowKey.From(row!, number)))
            {
                rows.Add(new IndexedRow(Interrupted(row!), new RowState { Number = number }));
            }
        }

        return rows;
    }

    /// <summary>The operation of a row, even if the line about the job is damaged.</summary>
    internal BindingOperation OperationOf(JournalLine line) =>
        Job?.Operation ?? (line.NewImei is null ? BindingOperation.Unbind : BindingOperation.Rebind);

    /// <summary>The outcome of a row that may belong to a torn line, as of the last run.</summary>
    internal RowOutcome Interrupted(BindingRow row) => JournalFormat.Interrupted(row, LastRun?.StartedAt ?? default);

    private void Load()
    {
        while (Scan.TryRead(out var line, out var offset))
        {
            StartedAt ??= line.StartedAt ?? line.Timestamp ?? line.CompletedAt;
            if (line.BelongsToRow)
            {
                Add(line, offset);
            }
            else if (line.Kind == JournalFormat.RunKind)
            {
                LastRun = line;
                ListHash = null;
            }
            else if (line.Kind == JournalFormat.ListKind)
            {
                ListHash = line.Hash;
            }
            else if (line.Kind == JournalFormat.GapKind)
            {
                Gap ??= line;
            }
            else
            {
                Add(Scan.ReadFragment(line, offset));
            }
        }

        Add(Scan.Torn);
        foreach (var hole in Scan.NewHoles)
        {
            Add(hole);
        }

        Scan.RequireJournal(_rows.Count);
    }

    private void Add(JournalLine line, long offset)
    {
        var number = line.Number!.Value;
        var key = RowKey.From(line.Iccid!, line.Imei!, line.NewImei, number);
        if (!_places.TryGetValue(key, out var place))
        {
            place = _rows.Count;
            _places.Add(key, place);
            _rows.Add(new RowState { Card = CardIndex.NumberOf(line.Iccid!), Number = number });
        }

        _rows[place] = _rows[place].After(line, offset, Scan.Run);
    }

    private void Add(TornLine? torn)
    {
        if (torn is { BelongsToNoRow: false })
        {
            _torn.Add(torn);
        }
    }

    private CardIndex CreateCards()
    {
        var cards = new CardIndex(_places.Select(place => new KeyValuePair<RowKey, RowState>(place.Key, _rows[place.Value])));
        foreach (var torn in _torn)
        {
            if (torn.TryGetRow(Job?.Operation ?? default, out var row, out var number)
                && RowKey.From(row!, number) is var key && Find(key).LeavesRoomFor(torn))
            {
                cards.Note(row!.Iccid, key, torn);
            }
        }

        return cards;
    }
}
