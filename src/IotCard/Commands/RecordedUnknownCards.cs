using IotCard.Client.Cards;
using IotCard.Client.Journaling;
using IotCard.Client.Rules;

namespace IotCard.Commands;

/// <summary>The cards of which the journal says that a row is Unknown: no later row of theirs is sent, in a dry run either.</summary>
internal sealed class RecordedUnknownCards
{
    private readonly HashSet<string> _iccids = new(StringComparer.Ordinal);

    /// <summary>Notes a recorded outcome of the list.</summary>
    internal void Note(RowOutcome recorded)
    {
        if (recorded.Status == OutcomeStatus.Unknown)
        {
            _iccids.Add(recorded.Row.Iccid);
        }
    }

    /// <summary>Whether a row must not be sent. A row whose own request is in doubt is resent all the same.</summary>
    internal bool Blocks(BindingRow row, JournalEntry? entry) =>
        entry is { Recorded.IsInDoubt: false } && (entry.Recorded.IsBehindUnknown || _iccids.Contains(row.Iccid));
}
