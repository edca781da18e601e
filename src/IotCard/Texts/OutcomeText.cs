using IotCard.Client.Cards;
using IotCard.Client.Http;
using IotCard.Client.Rules;
using IotCard.Client.Sanitizing;

namespace IotCard.Texts;

/// <summary>Describes outcomes and faults in the user's language.</summary>
internal sealed class OutcomeText(Text text)
{
    private const int ShownLength = 64;

    /// <summary>Describes an outcome: the meaning of its code, and the service's own message in brackets unless it says the same.</summary>
    internal string? Describe(RowOutcome outcome) =>
        (outcome.Resolution?.Evidence is { } evidence ? Describe(evidence, outcome.Resolution.Comment) : Explain(outcome)) is { } words ? SafeText.Clean(words) : null;

    /// <summary>Describes why a query has no result.</summary>
    internal string Describe<T>(QueryOutcome<T> outcome) => SafeText.Clean(Explain(outcome.Code, outcome.Reason, outcome.Message, Describe(outcome.Route, outcome.Cause)));

    /// <summary>Describes the event that settled a row.</summary>
    private string Describe(AuditEvidence evidence, string? code) =>
        text.Find("Evidence_" + evidence.Finding) is null
            ? text.Format("Evidence", evidence.EventId, evidence.EventTime.UtcDateTime)
            : text.Format("Evidence_" + evidence.Finding, evidence.EventId, evidence.EventTime.UtcDateTime, code);

    private string? Explain(RowOutcome outcome) =>
        outcome.Status == OutcomeStatus.Succeeded ? outcome.Message : Explain(outcome.Code, outcome.Reason, outcome.Message, Describe(outcome.Route, outcome.Cause));

    private string Explain(string code, string? reason, string? message, string? tried)
    {
        var why = reason is not null && reason != code && reason != OutcomeCode.Ok ? text.MeaningOf(reason) ?? reason : null;

        var meaning = text.MeaningOf(code);
        var said = IsOnlyACode(message, code, reason) || Repeats(message!, meaning) || Repeats(message!, why) ? null : text.Format("SaidByService", message);
        var parts = new[] { meaning, why, said, tried }.Where(static p => p is not null).ToArray();
        return parts.Length == 0 ? code : parts.Aggregate((before, next) => text.Format("Sentences", before, next))!;
    }

    /// <summary>The route of a failed connection and the system's own message; null if one was made.</summary>
    private string? Describe(ConnectionRoute? route, Exception? cause)
    {
        if (route is null)
        {
            return null;
        }

        var target = route.Proxy is null ? route.Host : text.Format("ThroughProxy", route.Host, route.Proxy);
        return TransportError.FindShowable(cause) is { } system ? text.Format("TriedAndFailed", target, system.Message) : text.Format("Tried", target);
    }

    /// <summary>Whether the service's message is empty or merely repeats the code.</summary>
    private static bool IsOnlyACode(string? message, string code, string? reason) =>
        string.IsNullOrEmpty(message) || message == code || message == reason;

    /// <summary>Whether the service's message repeats our own text, as its Chinese messages often do.</summary>
    private static bool Repeats(string message, string? meaning) =>
        meaning is not null && Letters(meaning).Contains(Letters(message));

    private static string Letters(string sentence) => new([.. sentence.Where(char.IsLetterOrDigit).Select(char.ToUpperInvariant)]);

    /// <summary>Describes why a row is refused.</summary>
    internal string Describe(RowFault fault)
    {
        var value = Shown(fault.Value);
        return fault.Reason switch
        {
            RowFaultReason.Empty => text.Format("Fault_Empty", fault.Field),
            RowFaultReason.SpreadsheetNumber => text.Format("Fault_SpreadsheetNumber", fault.Field, value),
            RowFaultReason.Rounded => text.Format("Fault_Rounded", value),
            RowFaultReason.LeadingZeroLost => text.Format("Fault_LeadingZeroLost", fault.Field, value),
            RowFaultReason.LetterO => text.Format("Fault_LetterO", fault.Field, value, fault.Position + 1),
            RowFaultReason.FullWidth => text.Format("Fault_FullWidth", fault.Field, value),
            RowFaultReason.Filler => text.Format("Fault_Filler", fault.Field, value),
            RowFaultReason.Character => text.Format(
                "Fault_Character", fault.Field, value, Shown(fault.Value.Substring(fault.Position, 1)), $"U+{(int)fault.Value[fault.Position]:X4}", fault.Position + 1),
            RowFaultReason.Length when fault.Field == nameof(BindingRow.Iccid) => text.Format("Fault_IccidLength", value, fault.Value.Length),
            RowFaultReason.Length => text.Format("Fault_ImeiLength", value, fault.Value.Length, fault.Field),
            RowFaultReason.Prefix => text.Format("Fault_Prefix", value),
            RowFaultReason.CheckDigit => text.Format("Fault_CheckDigit", value),
            _ => text.Format("Fault_SameImei", value),
        };
    }

    /// <summary>Text from outside, safe to show and limited in length.</summary>
    internal static string Shown(string text) => SafeText.Clean(text, ShownLength);
}
