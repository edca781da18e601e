using IotCard.Client.Cards;
using IotCard.Client.Rules;

namespace IotCard.Client.Journaling;

/// <summary>One row's place in a journal: what an earlier run recorded, and what this run adds.</summary>
internal sealed class JournalEntry : IRowRecord
{
    private readonly Journal _journal;
    private readonly BindingRow _row;
    private readonly int? _number;
    private int _intents;
    private bool _hasRoom;

    internal JournalEntry(Journal journal, BindingRow row, int? number, RecordedRow recorded)
    {
        _journal = journal;
        _row = row;
        _number = number;
        _hasRoom = recorded.OpenIntent is not null;
        Recorded = recorded;
    }

    /// <inheritdoc/>
    public RecordedRow Recorded { get; }

    /// <inheritdoc/>
    public async ValueTask RecordIntentAsync(RecordedIntent intent, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _intents++;
        var line = JournalLineFormatter.Intent(_row, _number, intent);
        _hasRoom |= await _journal.AppendAsync(new PendingLine(line, _hasRoom ? RoomChange.None : RoomChange.Reserve)).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask RecordNotExecutedAsync(string code, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var outcome = RowOutcome.NotSent(_row, code, _journal.Now) with { Attempts = _intents };
        await RecordOutcomeAsync(JournalRules.WhenNotExecuted(outcome, Recorded)).ConfigureAwait(false);
    }

    /// <summary>
    /// Records how the row ended. Its intent has reserved the room, so this succeeds even on a full disk, and even
    /// after another row's intent found no room.
    /// </summary>
    /// <param name="outcome">The outcome.</param>
    /// <returns>A task that completes when the record is as safe as the journal makes it.</returns>
    /// <exception cref="JournalException">It cannot be recorded. An automatic journal never throws this.</exception>
    public Task RecordOutcomeAsync(RowOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);

        var line = JournalLineFormatter.Outcome(outcome, _row, _number);
        var room = _hasRoom ? RoomChange.Use : RoomChange.None;
        _hasRoom = false;
        return _journal.AppendAsync(new PendingLine(line, room));
    }
}
