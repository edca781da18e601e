using IotCard.Client.Cards;
using IotCard.Client.Rules;
using IotCard.Input;
using IotCard.Texts;

namespace IotCard.Commands;

/// <summary>
/// Checks whether a row may be sent by itself: its columns, its cells, and the outcome of an earlier run. What cannot be
/// read is refused.
/// </summary>
internal sealed class RowChecker(RowCommand command, Text text)
{
    /// <summary>The code of a row whose object lacks a column, or is no row at all.</summary>
    internal const string MissingColumn = "MissingColumn";

    /// <summary>The code of a row with a column that cannot be read.</summary>
    internal const string UnreadableColumn = "UnreadableColumn";

    /// <summary>The code of a row with two columns that mean the same and disagree.</summary>
    internal const string AmbiguousColumn = "AmbiguousColumn";

    /// <summary>The code of an unbind whose row names a new device.</summary>
    internal const string RowIsARebind = "RowIsARebind";

    /// <summary>The code of a row whose earlier outcome is Unknown.</summary>
    internal const string PriorOutcomeUnknown = "PriorOutcomeUnknown";

    private readonly OutcomeText _words = new(text);
    private readonly InputText _columns = new(text);

    /// <summary>Finds the first reason not to send a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="input">What it was read from.</param>
    /// <returns>The row, settled as not sent; null if it may be sent.</returns>
    internal RowPlan? FindRefusal(BindingRow row, InputRow input) =>
        FindColumnFault(row, input)
        ?? (input.HasUnknownOutcome && !command.ResendsUnknown ? Refuse(row, PriorOutcomeUnknown, text.Get("Fault_PriorOutcomeUnknown")) : null)
        ?? (RowCheck.FindFault(row, command.SkipCheckDigit) is { } fault ? Refuse(row, fault.Code, _words.Describe(fault)) : null);

    private RowPlan? FindColumnFault(BindingRow row, InputRow input)
    {
        var isUnbind = row.Operation == BindingOperation.Unbind;
        InputColumn[] required = isUnbind ? [InputColumn.Iccid, InputColumn.Imei] : [InputColumn.Iccid, InputColumn.Imei, InputColumn.NewImei];
        if (input.FindMissing(required) is { Count: > 0 } missing)
        {
            return Refuse(row, MissingColumn, _columns.DescribeMissing(input, missing));
        }

        if (input.FindUnreadable(isUnbind) is { } unreadable)
        {
            return Refuse(row, UnreadableColumn, _columns.DescribeUnreadable(unreadable));
        }

        if (input.FindAmbiguous(required) is { } ambiguous)
        {
            return Refuse(row, AmbiguousColumn, _columns.DescribeAmbiguous(ambiguous.One, ambiguous.Other));
        }

        return isUnbind && input.NewDevices.FirstOrDefault(cell => BindingRow.ReadCell(cell.Text) != row.Imei) is { } newDevice
            ? Refuse(row, RowIsARebind, _columns.DescribeNewDevice(newDevice))
            : null;
    }

    private static RowPlan Refuse(BindingRow row, string code, string message) =>
        new(row) { Settled = RowOutcome.NotSent(row.AsEntered(), code, DateTimeOffset.UtcNow), Message = message };
}
