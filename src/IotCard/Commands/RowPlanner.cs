using System.Globalization;
using System.Management.Automation;
using IotCard.Client.Cards;
using IotCard.Client.Journaling;
using IotCard.Client.Sending;
using IotCard.Texts;

namespace IotCard.Commands;

/// <summary>
/// Decides about each row whether it is sent: checks it, guards against the wrong list, looks it up in the journal, and
/// asks. Nothing of it sends anything.
/// </summary>
internal sealed class RowPlanner(BindingCommand command, Text text)
{
    private readonly RowChecker _checker = new(command, text);
    private readonly Confirmation _confirmation = new(command, text);

    /// <summary>Plans a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="cells">The cells that it was read from.</param>
    /// <param name="missing">The columns that it lacks.</param>
    /// <param name="journal">The journal that knows what became of it before; null where there is none.</param>
    /// <param name="abortReason">Why nothing more is sent; null while the run goes on.</param>
    /// <returns>The plan; null where the row was declined, or is only rehearsed under -WhatIf.</returns>
    internal RowPlan? Plan(BindingRow row, InputCells cells, IReadOnlyList<string> missing, Journal? journal, string? abortReason)
    {
        if (_checker.FindRefusal(row, cells, missing) is { } refusal)
        {
            return refusal;
        }

        var entry = journal?.Claim(row);
        if (FindRecorded(entry) is { } recorded)
        {
            return new RowPlan(row) { Settled = recorded, IsFromJournal = true };
        }

        var isInDoubt = entry?.IsInDoubt == true;
        var isUnknown = isInDoubt || cells.IsOfUnknownOutcome;
        if (abortReason is not null)
        {
            return new RowPlan(row)
            {
                Settled = isUnknown
                    ? RowOutcome.Unknown(row, OutcomeCode.NotSent) with { CompletedAt = DateTimeOffset.UtcNow }
                    : RowOutcome.NotSent(row, OutcomeCode.NotSent, DateTimeOffset.UtcNow, abortReason),
            };
        }

        if (!CheckDigit.IsRight(row.Iccid))
        {
            command.WriteVerbose(text.Format("IccidCheckDigit", row.Iccid));
        }

        var isRepeat = isUnknown && command.RetryUnknown;
        var resumed = isRepeat ? null : entry?.OpenIntent;
        var target = text.Format("Target", row.Iccid, row.Imei);
        var action = Describe(row, isRepeat, resumed is not null);
        return _confirmation.ShouldProcess(target, action) && (!isRepeat || IsRiskTaken(target, action))
            ? new RowPlan(row) { Entry = entry, Resumed = resumed, IsRepeat = isRepeat }
            : null;
    }

    /// <summary>The outcome that the journal has of a row that is not to be sent again; null where it is.</summary>
    private RowOutcome? FindRecorded(JournalEntry? entry) =>
        entry is { OpenIntent: null, Outcome: { } recorded } &&
        (recorded.Verdict == Verdict.Succeeded || (recorded.Verdict == Verdict.Unknown && !command.RetryUnknown))
            ? recorded
            : null;

    private string Describe(BindingRow row, bool isRepeat, bool isResumed)
    {
        var action = row.Operation == BindingOperation.Rebind ? text.Format("RebindAction", row.NewImei) : text.Get("UnbindAction");
        return isRepeat ? text.Format("AgainAction", action) : isResumed ? text.Format("ResumeAction", action) : action;
    }

    /// <summary>
    /// Asks before a row is sent that may have been carried out already, also where the command does not ask by itself;
    /// not where the user has said beforehand whether to be asked.
    /// </summary>
    private bool IsRiskTaken(string target, string action)
    {
        var preference = Convert.ToString(command.GetVariableValue("ConfirmPreference"), CultureInfo.InvariantCulture);
        var hasAsked = command.RowOperation == BindingOperation.Unbind || preference is nameof(ConfirmImpact.Medium) or nameof(ConfirmImpact.Low);
        return hasAsked
            || preference == nameof(ConfirmImpact.None)
            || command.MyInvocation.BoundParameters.ContainsKey("Confirm")
            || _confirmation.ShouldContinue($"{action}: {target}", text.Get("RetryUnknownCaption"), target);
    }
}
