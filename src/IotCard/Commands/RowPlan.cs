using IotCard.Client.Cards;
using IotCard.Client.Journaling;
using IotCard.Client.Rules;

namespace IotCard.Commands;

/// <summary>What is to be done with a row: it is already settled, or it is sent.</summary>
internal sealed record RowPlan(BindingRow Row)
{
    /// <summary>The row's outcome, if it is not to be sent.</summary>
    internal RowOutcome? Settled { get; init; }

    /// <summary>Whether that outcome is an earlier run's.</summary>
    internal bool IsFromJournal { get; init; }

    /// <summary>The message, if the outcome's code does not say enough.</summary>
    internal string? Message { get; init; }

    /// <summary>The row's entry in the journal, if any.</summary>
    internal JournalEntry? Entry { get; init; }

    /// <summary>The request of an earlier run to resend instead of a new one.</summary>
    internal RecordedIntent? Resumed { get; init; }

    /// <summary>Whether it is sent anew although it may have been executed before.</summary>
    internal bool IsRepeat { get; init; }

    /// <summary>The row, as the run takes it.</summary>
    internal Client.Rules.Row ToRow() => new(Row)
    {
        Decision = new RowDecision(Resumed is null ? RowAction.Send : RowAction.Resume),
        Record = Entry,
        IsRepeat = IsRepeat,
        Outcome = Settled,
        IsFromJournal = IsFromJournal,
        Message = Message,
    };
}
