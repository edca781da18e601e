using System.Management.Automation;
using IotCard.Client.Cards;
using IotCard.Client.Rules;
using IotCard.Output;
using IotCard.Texts;

namespace IotCard.Prompts;

/// <summary>Asks for each row of a plan that would be sent, before anything is.</summary>
/// <param name="command">The command that asks.</param>
/// <param name="text">The texts.</param>
/// <param name="place">Where the row would be sent.</param>
internal sealed class RowConfirmation(PSCmdlet command, Text text, ServicePlace place)
{
    private readonly Confirmation _confirmation = new(command, text);

    /// <summary>Whether a row may be sent. Under -WhatIf it says what would be done, and refuses.</summary>
    internal bool Confirms(Row row)
    {
        var binding = row.Binding;
        if (!CheckDigit.IsValid(binding.Iccid))
        {
            command.WriteVerbose(text.Format("IccidCheckDigit", binding.Iccid));
        }

        var target = place.Mark(text.Format("Target", binding.Iccid, binding.Imei));
        var action = Describe(row);
        return _confirmation.ShouldProcess(target, action) && (!row.IsRepeat || ConfirmsRisk(target, action));
    }

    private string Describe(Row row)
    {
        var action = row.Binding.Operation == BindingOperation.Rebind ? text.Format("RebindAction", row.Binding.NewImei) : text.Get("UnbindAction");
        return row.IsRepeat ? text.Format("AgainAction", action) : row.Decision.Action == RowAction.Resume ? text.Format("ResumeAction", action) : action;
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
