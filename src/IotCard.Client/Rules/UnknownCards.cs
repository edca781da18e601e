namespace IotCard.Client.Rules;

/// <summary>
/// The cards of which a row is Unknown, in this run or in its journal: their later rows are held back. Used by the plan and
/// by the run. Not safe for concurrent use.
/// </summary>
internal sealed class UnknownCards
{
    private readonly Dictionary<string, long> _since = new(StringComparer.Ordinal);

    /// <summary>Notes how a row ended.</summary>
    /// <param name="outcome">Its outcome.</param>
    /// <param name="place">Its place in the list, counted in the same way for all rows.</param>
    internal void Note(RowOutcome outcome, long place)
    {
        var iccid = outcome.Row.Iccid;
        if (outcome.Status == OutcomeStatus.Unknown && (!_since.TryGetValue(iccid, out var since) || place < since))
        {
            _since[iccid] = place;
        }
    }

    /// <summary>
    /// Whether a row may not be sent, because an earlier one of its card is Unknown. A request that an earlier run left in
    /// doubt is resent all the same; of an earlier row that only the journal knows, the user has decided with a repeat.
    /// </summary>
    /// <param name="row">The row.</param>
    /// <param name="place">Its place in the list.</param>
    internal bool Hold(Row row, long place) =>
        row.Decision.Action != RowAction.Resume
        && ((!row.IsRepeat && row.Record is { Recorded.IsBehindUnknown: true })
            || (_since.TryGetValue(row.Binding.Iccid, out var since) && since < place));
}
