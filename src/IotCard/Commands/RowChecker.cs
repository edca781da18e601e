using IotCard.Client.Cards;
using IotCard.Client.Rules;
using IotCard.Texts;

namespace IotCard.Commands;

/// <summary>Checks whether a row may be sent by itself: its columns, its cells, and the outcome of an earlier run.</summary>
internal sealed class RowChecker(RowCommand command, Text text)
{
    /// <summary>The code of a row whose object lacks a column.</summary>
    internal const string MissingColumn = "MissingColumn";

    /// <summary>The code of an unbind whose row names a new device.</summary>
    internal const string RowIsARebind = "RowIsARebind";

    /// <summary>The code of a row whose earlier outcome is Unknown.</summary>
    internal const string PriorOutcomeUnknown = "PriorOutcomeUnknown";

    private readonly OutcomeText _words = new(text);

    /// <summary>Finds the first reason not to send a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="cells">The cells that the row was read from.</param>
    /// <param name="missing">The columns that it lacks.</param>
    /// <returns>The row, settled as not sent; null if it may be sent.</returns>
    internal RowPlan? FindRefusal(BindingRow row, InputCells cells, IReadOnlyList<string> missing)
    {
        if (missing.Count > 0)
        {
            return Refuse(row, MissingColumn, DescribeMissing(cells.Columns, missing));
        }

        if (row.Operation == BindingOperation.Unbind && FindNewImei(row, cells) is { } newImei)
        {
            return Refuse(row, RowIsARebind, text.Format("Fault_RowIsARebind", OutcomeText.Shown(newImei)));
        }

        if (cells.HasUnknownOutcome && !command.ResendsUnknown)
        {
            return Refuse(row, PriorOutcomeUnknown, text.Get("Fault_PriorOutcomeUnknown"));
        }

        return RowCheck.FindFault(row, command.AcceptsWrongCheckDigit) is { } fault ? Refuse(row, fault.Code, _words.Describe(fault)) : null;
    }

    private static RowPlan Refuse(BindingRow row, string code, string message) =>
        new(row) { Settled = RowOutcome.NotSent(row.AsEntered(), code, DateTimeOffset.UtcNow), Message = message };

    /// <summary>The new device that a row names, if it differs from the current one.</summary>
    private static string? FindNewImei(BindingRow row, InputCells cells)
    {
        var newImei = BindingRow.Rebind(null, null, cells.ReadColumn(nameof(BindingRow.NewImei))).NewImei;
        return string.IsNullOrEmpty(newImei) || newImei == row.Imei ? null : newImei;
    }

    private string DescribeMissing(IReadOnlyList<string> columns, IReadOnlyList<string> missing)
    {
        var found = columns.Count == 0 ? text.Get("Fault_NoColumns") : string.Join(", ", columns.Take(20).Select(static c => OutcomeText.Shown(c)));
        var message = text.Format("Fault_MissingColumn", string.Join(", ", missing), found);
        var hint = columns.Any(static c => c.Contains('\uFFFD') || c.Any(static x => x is >= '\u0080' and <= '\u00FF')) ? "Fault_WrongEncoding"
            : columns.Count == 1 && columns[0].IndexOfAny([',', ';', '\t', '|']) >= 0 ? "Fault_WrongDelimiter"
            : null;
        return hint is null ? message : text.Format("Sentences", message, text.Get(hint));
    }
}
