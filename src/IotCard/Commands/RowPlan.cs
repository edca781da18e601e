using IotCard.Client.Cards;
using IotCard.Client.Journaling;
using IotCard.Client.Sending;

namespace IotCard.Commands;

/// <summary>What is to be done with a row: it is settled already, or it is sent.</summary>
internal sealed record RowPlan(BindingRow Row)
{
    /// <summary>The row's outcome, where it is not to be sent.</summary>
    internal RowOutcome? Settled { get; init; }

    /// <summary>Whether that outcome is an earlier run's.</summary>
    internal bool IsFromJournal { get; init; }

    /// <summary>The words for it, where the outcome's code does not say enough.</summary>
    internal string? Message { get; init; }

    /// <summary>The row's entry in the journal, where there is one.</summary>
    internal JournalEntry? Entry { get; init; }

    /// <summary>The request of an earlier run that is sent again instead of a new one.</summary>
    internal RecordedIntent? Resumed { get; init; }

    /// <summary>Whether it is sent anew although it may have been carried out before.</summary>
    internal bool IsRepeat { get; init; }
}
