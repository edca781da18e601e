namespace IotCard.Client.Journaling;

/// <summary>The rows of earlier runs that are Unknown or in flight, by card, as far as this run has not claimed them.</summary>
internal sealed class UnknownRows
{
    private readonly Dictionary<string, List<(RowKey Key, long Offset)>> _byCard = new(StringComparer.Ordinal);

    /// <summary>Notes a row whose line is neither an outcome that is known nor a resolution.</summary>
    internal void Add(string iccid, RowKey key, long offset)
    {
        if (!_byCard.TryGetValue(iccid, out var rows))
        {
            _byCard.Add(iccid, rows = []);
        }

        if (!rows.Exists(row => row.Key == key))
        {
            rows.Add((key, offset));
        }
    }

    /// <summary>Forgets a row that has ended, or that this run decides about.</summary>
    internal void Remove(string iccid, RowKey key)
    {
        if (_byCard.TryGetValue(iccid, out var rows) && rows.RemoveAll(row => row.Key == key) > 0 && rows.Count == 0)
        {
            // Every row of a journal is in flight once.
            _byCard.Remove(iccid);
        }
    }

    /// <summary>Whether a row of the card was recorded before an offset; 0 for a row that has no line itself.</summary>
    internal bool ContainsEarlier(string iccid, long offset) =>
        _byCard.TryGetValue(iccid, out var rows) && rows.Exists(row => offset == 0 || row.Offset < offset);
}
