using IotCard.Client.Cards;
using IotCard.Client.Sending;
using IotCard.Client.Signing;

namespace IotCard.Client.Journaling;

/// <summary>One row's place in a journal: what an earlier run left of it, and what this run adds.</summary>
public sealed class JournalEntry : IIntentLog
{
    private readonly Journal _journal;
    private readonly BindingRow _row;
    private readonly int _number;

    internal JournalEntry(Journal journal, BindingRow row, int number, RowOutcome? outcome, RecordedIntent? intent)
    {
        _journal = journal;
        _row = row;
        _number = number;
        Outcome = outcome;
        OpenIntent = intent;
    }

    /// <summary>How the row ended in an earlier run; null where it did not.</summary>
    public RowOutcome? Outcome { get; }

    /// <summary>The request that was under way when an earlier run ended; null where none was.</summary>
    public RecordedIntent? OpenIntent { get; }

    /// <inheritdoc/>
    public async ValueTask RecordAsync(SignedRequest request, string accessKeyId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await _journal.AppendAsync(JournalFormat.Intent(_row, _number, RecordedIntent.Of(request, accessKeyId))).ConfigureAwait(false);
    }

    /// <summary>Records how the row ended.</summary>
    /// <param name="outcome">Its outcome.</param>
    /// <returns>A task that completes when the record is on the disk.</returns>
    /// <exception cref="JournalException">It cannot be recorded.</exception>
    public Task CompleteAsync(RowOutcome outcome) => _journal.AppendAsync(JournalFormat.Outcome(outcome, _number));
}
