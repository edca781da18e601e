using IotCard.Client.Cards;
using IotCard.Client.Sending;

namespace IotCard.Texts;

/// <summary>Says in words what became of a row.</summary>
internal sealed class OutcomeText(Text text)
{
    private const int ShownLength = 64;

    /// <summary>Explains an outcome: what the code means, and in brackets what the service said.</summary>
    internal string? Of(RowOutcome outcome)
    {
        if (outcome.Verdict == Verdict.Succeeded)
        {
            return outcome.Message;
        }

        var meaning = text.MeaningOf(outcome.Code);
        var reason = outcome.Reason is { } code && code != outcome.Code && code != OutcomeCode.Ok ? text.MeaningOf(code) ?? code : null;
        var said = IsOnlyACode(outcome) ? null : $"({outcome.Message})";
        var parts = new[] { meaning, reason, said }.Where(static p => p is not null).ToArray();
        return parts.Length == 0 ? outcome.Code : parts.Aggregate((before, next) => text.Format("Sentences", before, next));
    }

    /// <summary>Whether the service said nothing, or nothing but the code again.</summary>
    private static bool IsOnlyACode(RowOutcome outcome) =>
        string.IsNullOrEmpty(outcome.Message) || outcome.Message == outcome.Code || outcome.Message == outcome.Reason;

    /// <summary>Explains why a row is refused.</summary>
    internal string Of(RowFault fault)
    {
        var value = Shown(fault.Value);
        return fault.Reason switch
        {
            RowFaultReason.Empty => text.Format("Fault_Empty", fault.Field),
            RowFaultReason.SpreadsheetNumber => text.Format("Fault_SpreadsheetNumber", fault.Field, value),
            RowFaultReason.Character => text.Format(
                "Fault_Character", fault.Field, value, Shown(fault.Value.Substring(fault.Position, 1)), $"U+{(int)fault.Value[fault.Position]:X4}", fault.Position + 1),
            RowFaultReason.Length when fault.Field == nameof(BindingRow.Iccid) => text.Format("Fault_IccidLength", value, fault.Value.Length),
            RowFaultReason.Length => text.Format("Fault_ImeiLength", value, fault.Value.Length, fault.Field),
            RowFaultReason.Prefix => text.Format("Fault_Prefix", value),
            RowFaultReason.CheckDigit => text.Format("Fault_CheckDigit", value),
            _ => text.Format("Fault_SameImei", value),
        };
    }

    /// <summary>A cell's text as it may go to a terminal: without control characters, and not endless.</summary>
    internal static string Shown(string cell)
    {
        var shown = new string([.. cell.Take(ShownLength).Select(static c => char.IsControl(c) || char.IsSurrogate(c) ? '\uFFFD' : c)]);
        return cell.Length > ShownLength ? shown + "…" : shown;
    }
}
