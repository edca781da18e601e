using IotCard.Client.Cards;
using IotCard.Client.Rules;

namespace IotCard.Client.Journaling;

/// <summary>One row's place in a journal: what an earlier run recorded, and what this run adds.</summary>
internal sealed class JournalEntry : IRowRecord
{
    private readonly Journal _journal;
    private readonly BindingRow _row;
    private readonly int? _number;
    private ClaimedRow? _claimed;
    private RecordedRow? _recorded;
    private int _intents;
    private bool _hasRoom;

    /// <summary>Creates a row's place.</summary>
    /// <param name="journal">The journal.</param>
    /// <param name="row">The row.</param>
    /// <param name="number">Its number among identical rows; null if that is left to those who read the journal.</param>
    /// <param name="claimed">What the journal knew of it; null if nothing.</param>
    internal JournalEntry(Journal journal, BindingRow row, int? number, ClaimedRow? claimed)
    {
        _journal = journal;
        _row = row;
        _number = number;
        _claimed = claimed;
        _hasRoom = claimed is { State.Intent: > 0 };
    }

    /// <inheritdoc/>
    public RecordedRow Recorded => _recorded ??= Read();

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

    private RecordedRow Read()
    {
        if (_claimed is not { } claimed)
        {
            return RecordedRow.None;
        }

        _claimed = null;
        return _journal.Read(_row, _number!.Value, claimed);
    }
}
