using System.Management.Automation;
using IotCard.Client.Journaling;
using IotCard.Client.Planning;
using IotCard.Texts;

namespace IotCard.Input;

/// <summary>The plan of a list that was read: what is wrong with it as a whole, what is decided about each row, and its hash.</summary>
/// <param name="command">The command; it reads the list to its end before it plans.</param>
/// <param name="text">The texts.</param>
/// <param name="options">What the user lets pass.</param>
/// <param name="endpoint">Where the list is for.</param>
internal sealed class ListPlan(PSCmdlet command, Text text, PlanOptions options, Uri endpoint)
{
    /// <summary>The code of a list that is not the approved one.</summary>
    internal const string NotApproved = "NotTheApprovedList";

    /// <summary>Decides about every row.</summary>
    /// <param name="list">The list.</param>
    /// <param name="journal">The journal with earlier outcomes; null if there is none.</param>
    /// <param name="approvedHash">The hash of the list that was approved; null if any list may be run.</param>
    /// <returns>The list's hash.</returns>
    /// <exception cref="IotCardException">No row has a column that is needed, or this is not the approved list.</exception>
    internal string Make(InputList list, Journal? journal, string? approvedHash)
    {
        foreach (var number in list.BlankRows)
        {
            command.WriteVerbose(text.Format("BlankRowSkipped", number));
        }

        if (list.Rows.Count == 0)
        {
            command.WriteWarning(text.Get("ListIsEmpty"));
        }

        if (list.Fault is { } fault)
        {
            throw new IotCardException(InputFault.MissingColumn, fault);
        }

        new Planner(options).Plan(list.Rows, journal);
        var hash = PlanHash.Compute(list.Operation, endpoint, list.Rows);
        return approvedHash is null || string.Equals(approvedHash.Trim(), hash, StringComparison.OrdinalIgnoreCase)
            ? hash
            : throw new IotCardException(NotApproved, text.Format("Start_NotTheApprovedList", hash, list.Rows.Count));
    }
}
