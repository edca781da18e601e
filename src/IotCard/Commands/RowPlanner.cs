using IotCard.Client.Cards;
using IotCard.Client.Journaling;
using IotCard.Client.Rules;
using IotCard.Input;
using IotCard.Texts;

namespace IotCard.Commands;

/// <summary>
/// Decides for each row whether it is sent: validates it, guards against the wrong list, looks it up in the journal,
/// and asks for confirmation. It sends nothing itself.
/// </summary>
internal sealed class RowPlanner(BindingCommand command, Text text)
{
    private readonly RowChecker _checker = new(command, text);
    private readonly RecordedUnknownCards _unknownCards = new();
    private readonly Confirmation _confirmation = new(command, text);

    /// <summary>Plans a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="input">What it was read from.</param>
    /// <param name="journal">The journal with earlier outcomes; null if there is none.</param>
    /// <param name="abortReason">Why nothing more is sent; null while the run continues.</param>
    /// <returns>The plan; null if the row was declined, or in a dry run under -WhatIf.</returns>
    internal RowPlan? Plan(BindingRow row, InputRow input, Journal? journal, string? abortReason)
    {
        if (_checker.FindRefusal(row, input) is { } refusal)
        {
            return refusal;
        }

        var entry = journal?.Claim(row);
        if (FindRecorded(entry) is { } recorded)
        {
            _unknownCards.Note(recorded);
            return new RowPlan(row) { Settled = recorded, IsFromJournal = true };
        }

        var isInDoubt = entry?.Recorded.IsInDoubt == true;
        var isUnknown = isInDoubt || input.HasUnknownOutcome;
        if (abortReason is not null)
        {
            return new RowPlan(row)
            {
                Settled = isUnknown
                    ? RowOutcome.Unknown(row, OutcomeCode.NotSent) with { CompletedAt = DateTimeOffset.UtcNow }
                    : RowOutcome.NotSent(row, OutcomeCode.NotSent, DateTimeOffset.UtcNow, abortReason),
            };
        }

        if (_unknownCards.Blocks(row, entry))
        {
            return new RowPlan(row) { Settled = RowOutcome.NotSent(row, OutcomeCode.PredecessorUnknown, DateTimeOffset.UtcNow) };
        }

        if (!CheckDigit.IsValid(row.Iccid))
        {
            command.WriteVerbose(text.Format("IccidCheckDigit", row.Iccid));
        }

        var isRepeat = isUnknown && command.RetryUnknown;
        var resumed = isRepeat ? null : entry?.Recorded.OpenIntent;
        var target = text.Format("Target", row.Iccid, row.Imei);
        var action = Describe(row, isRepeat, resumed is not null);
        return _confirmation.ShouldProcess(target, action) && (!isRepeat || ConfirmsRisk(target, action))
            ? new RowPlan(row) { Entry = entry, Resumed = resumed, IsRepeat = isRepeat }
            : null;
    }

    /// <summary>The recorded outcome of a row that is not to be sent again; null if it is to be sent.</summary>
    private RowOutcome? FindRecorded(JournalEntry? entry) =>
        entry?.Recorded is { OpenIntent: null, Outcome: { } recorded } &&
        (recorded.Status == OutcomeStatus.Succeeded || (recorded.Status == OutcomeStatus.Unknown && !command.RetryUnknown))
            ? recorded
            : null;

    private string Describe(BindingRow row, bool isRepeat, bool isResumed)
    {
        var action = row.Operation == BindingOperation.Rebind ? text.Format("RebindAction", row.NewImei) : text.Get("UnbindAction");
        return isRepeat ? text.Format("AgainAction", action) : isResumed ? text.Format("ResumeAction", action) : action;
    }

    /// <summary>
    /// Asks before a row is sent that may already have been executed, even if the command would not ask; but not if the
    /// user has decided with -Confirm.
    /// </summary>
    private bool ConfirmsRisk(string target, string action) =>
        _confirmation.Prompts
        || _confirmation.IsDecided
        || _confirmation.ShouldContinue($"{action}: {target}", text.Get("RetryUnknownCaption"), target);
}
