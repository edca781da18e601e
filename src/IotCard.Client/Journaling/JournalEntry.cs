using IotCard.Client.Cards;
using IotCard.Client.Rules;

namespace IotCard.Client.Journaling;

/// <summary>One row's place in a journal: what an earlier run recorded, and what this run adds.</summary>
internal sealed class JournalEntry : IRowRecord
{
    private readonly Journal _journal;
    private readonly BindingRow _row;
    private readonly int? _number;
    private bool _hasRoom;

    internal JournalEntry(Journal journal, BindingRow row, int? number, RowOutcome? outcome, RecordedIntent? intent)
    {
        _journal = journal;
        _row = row;
        _number = number;
        _hasRoom = intent is not null;
        Outcome = outcome;
        OpenIntent = intent;
    }

    /// <summary>How the row ended in an earlier run; null if it did not. Unknown if a torn line may be an intent of this row.</summary>
    public RowOutcome? Outcome { get; }

    /// <summary>The request that was in flight when an earlier run ended; null if there was none.</summary>
    public RecordedIntent? OpenIntent { get; }

    /// <summary>Whether an earlier run may have executed the operation, with an unknown outcome.</summary>
    public bool IsInDoubt => OpenIntent is not null || Outcome is { Status: OutcomeStatus.Unknown };

    /// <summary>Whether an earlier row of the same card, which this run has not claimed, is Unknown in the journal.</summary>
    public bool IsBehindUnknown { get; init; }

    RecordedRow IRowRecord.Recorded => new() { Outcome = Outcome, OpenIntent = OpenIntent, IsBehindUnknown = IsBehindUnknown };

    ValueTask IRowRecord.RecordIntentAsync(RecordedIntent intent, CancellationToken cancellationToken) => RecordAsync(intent, cancellationToken);

    async ValueTask IRowRecord.RecordNotExecutedAsync(string code, CancellationToken cancellationToken) => await CompleteAsync(
        JournalRules.WhenNotExecuted(RowOutcome.NotSent(_row, code, DateTimeOffset.UtcNow), ((IRowRecord)this).Recorded)).ConfigureAwait(false);

    Task IRowRecord.RecordOutcomeAsync(RowOutcome outcome) => CompleteAsync(outcome);

    public async ValueTask RecordAsync(RecordedIntent intent, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var line = JournalLineFormatter.Intent(_row, _number, intent);
        _hasRoom |= await _journal.AppendAsync(new PendingLine(line, _hasRoom ? RoomChange.None : RoomChange.Reserve)).ConfigureAwait(false);
    }

    /// <summary>
    /// Records how the row ended. Its intent has reserved the room, so this succeeds even on a full disk, and even
    /// after another row's intent found no room.
    /// </summary>
    /// <param name="outcome">The outcome.</param>
    /// <returns>A task that completes when the record is as safe as the journal makes it.</returns>
    /// <exception cref="JournalException">It cannot be recorded. An automatic journal never throws this.</exception>
    public Task CompleteAsync(RowOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);

        var line = JournalLineFormatter.Outcome(outcome, _row, _number);
        var room = _hasRoom ? RoomChange.Use : RoomChange.None;
        _hasRoom = false;
        return _journal.AppendAsync(new PendingLine(line, room));
    }
}
