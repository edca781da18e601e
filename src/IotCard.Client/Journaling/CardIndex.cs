namespace IotCard.Client.Journaling;

/// <summary>
/// What a row has to know of the other rows of its card: which of them may have been executed, and which changed the card
/// last. Only cards with several rows, or with one that is not known, take memory.
/// </summary>
internal sealed class CardIndex
{
    private readonly Dictionary<ulong, Card> _cards = [];

    /// <summary>Creates the index of a journal's rows.</summary>
    internal CardIndex(IEnumerable<KeyValuePair<RowKey, RowState>> rows)
    {
        var seen = new HashSet<ulong>();
        foreach (var row in rows)
        {
            if (!seen.Add(row.Value.Card) || row.Value.IsUnresolved)
            {
                _cards[row.Value.Card] = new Card();
            }
        }

        foreach (var row in rows)
        {
            if (row.Value.IsChange && _cards.TryGetValue(row.Value.Card, out var card))
            {
                card.Note(row.Key, row.Value);
            }
        }
    }

    /// <summary>A card's number: enough to find its other rows.</summary>
    internal static ulong NumberOf(string iccid) => RowKey.From(iccid, string.Empty, newImei: null, number: 0).Low;

    /// <summary>Notes a row of which only a torn line is left.</summary>
    internal void Note(string iccid, RowKey key, TornLine torn)
    {
        var number = NumberOf(iccid);
        if (!_cards.TryGetValue(number, out var card))
        {
            _cards.Add(number, card = new Card());
        }

        card.Note(key, new RowState { Intent = torn.Offset });
    }

    /// <summary>Leaves a row to the run that claims it.</summary>
    /// <param name="iccid">The card.</param>
    /// <param name="key">The row.</param>
    /// <param name="offset">The offset of its last line; 0 if it has none.</param>
    /// <param name="claim">The number of the claim.</param>
    /// <returns>Whether an earlier row of the card, which is not claimed yet, may have been executed.</returns>
    internal bool Claim(string iccid, RowKey key, long offset, int claim)
    {
        if (Find(iccid) is not { } card)
        {
            return false;
        }

        card.Unresolved.RemoveAll(row => row.Key == key);
        card.LastChangeClaim = card.LastChangeKey == key ? claim : card.LastChangeClaim;
        return card.Unresolved.Exists(row => offset == 0 || row.Offset < offset);
    }

    /// <summary>The offset of the row that changed a card last, if that is another one that comes later and was not claimed later; else 0.</summary>
    internal long FindLaterChange(string iccid, long offset, int claim) =>
        Find(iccid) is { } card && card.LastChange > offset && card.LastChangeClaim <= claim ? card.LastChange : 0;

    private Card? Find(string iccid) => _cards.Count > 0 && _cards.TryGetValue(NumberOf(iccid), out var card) ? card : null;

    private sealed class Card
    {
        internal List<(RowKey Key, long Offset)> Unresolved { get; } = [];

        internal long LastChange { get; private set; }

        internal RowKey LastChangeKey { get; private set; }

        /// <summary>When the run claimed that row: the number of the claim; 0 if it did not.</summary>
        internal int LastChangeClaim { get; set; }

        internal void Note(RowKey key, RowState state)
        {
            if (state.IsUnresolved)
            {
                Unresolved.Add((key, state.Last));
            }

            if (state.Last > LastChange)
            {
                (LastChange, LastChangeKey) = (state.Last, key);
            }
        }
    }
}
