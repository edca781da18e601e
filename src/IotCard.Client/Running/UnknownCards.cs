using IotCard.Client.Rules;

namespace IotCard.Client.Running;

/// <summary>The cards of which a row is Unknown, in the run or in its journal: their later rows are not sent. Not safe for concurrent use.</summary>
internal sealed class UnknownCards
{
    private readonly Dictionary<string, long> _since = new(StringComparer.Ordinal);

    /// <summary>Notes how a row ended.</summary>
    internal void Note(RunRow item, RowOutcome outcome)
    {
        if (outcome.Status == OutcomeStatus.Unknown
            && (!_since.TryGetValue(outcome.Row.Iccid, out var since) || item.Sequence < since))
        {
            _since[outcome.Row.Iccid] = item.Sequence;
        }
    }

    /// <summary>Whether a row may not be sent because an earlier one of its card is Unknown. An in-doubt request of an earlier run is resent all the same.</summary>
    internal bool Blocks(RunRow item) =>
        item.Resumed is null
        && ((item.Entry is { Recorded.IsBehindUnknown: true } && !item.IsRepeat) || (_since.TryGetValue(item.Row.Iccid, out var since) && since < item.Sequence));
}
