using IotCard.Client.Rules;

namespace IotCard.Texts;

/// <summary>Describes in the user's language why a row is not simply sent.</summary>
internal sealed class DecisionText(Text text)
{
    private readonly OutcomeText _words = new(text);

    /// <summary>Describes a decision of the plan.</summary>
    /// <returns>The reason; null if the row is sent without remarks, or its outcome says it better.</returns>
    internal string? Describe(RowDecision decision) =>
        decision.Fault is { } fault ? _words.Describe(fault)
        : decision.OtherRow > 0 ? text.Format("Check_" + decision.Code, decision.OtherRow)
        : null;

    /// <summary>Describes a row's decision, for a check that sends nothing.</summary>
    internal string? Describe(Row row) => row switch
    {
        { Message: { } message } => message,
        { Decision.Action: RowAction.Resume } => text.Get("Meaning_Interrupted"),
        { Decision.Action: RowAction.AlreadyDone } => text.Get("Check_DoneByJournal"),
        _ => Describe(row.Decision) ?? (row.Outcome is { } outcome ? _words.Describe(outcome) : null),
    };

    /// <summary>Describes a decision of a lookup.</summary>
    internal string? Describe(RowDecision decision, Row row, string? unanswered) => decision.Code switch
    {
        null => null,
        LookupRules.CardNotFound => text.Format("Sentences", text.Get("Check_CardNotFound"), unanswered),
        LookupRules.CardClosed => text.Get("Check_CardClosed"),
        LookupRules.SeenInNewDevice => text.Format("Check_SeenInNewDevice", decision.ShownImei),
        LookupRules.BoundElsewhere => text.Format("Check_BoundElsewhere", decision.ShownImei, row.Binding.Imei),
        LookupRules.DeviceNotUploaded => text.Format("Check_DeviceNotUploaded", row.Binding.NewImei),
        _ => unanswered,
    };
}
