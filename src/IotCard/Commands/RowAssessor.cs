using IotCard.Client.Cards;
using IotCard.Client.Journaling;
using IotCard.Client.Queries;
using IotCard.Client.Rules;
using IotCard.Texts;

namespace IotCard.Commands;

/// <summary>Assesses rows by what is known of them, and explains the assessment.</summary>
internal sealed class RowAssessor(Text text)
{
    private const string Closed = "50";

    private readonly OutcomeText _words = new(text);
    private readonly RecordedUnknownCards _unknownCards = new();

    /// <summary>Assesses a row that validation refuses. If an earlier result says Unknown, a person has to find out more.</summary>
    internal static RowAssessment AssessRefusal(string code, string? message) =>
        new(code == RowChecker.PriorOutcomeUnknown ? RowAssessment.Unknown : RowAssessment.Refuse, code, message);

    /// <summary>Assesses a row by the journal.</summary>
    /// <returns>The assessment; null if the journal does not object to sending it.</returns>
    internal RowAssessment? Assess(BindingRow row, JournalEntry? entry)
    {
        var assessment = AssessEntry(entry);
        if (entry?.Recorded.Outcome is { } recorded)
        {
            _unknownCards.Note(recorded);
        }

        return assessment ?? (_unknownCards.Blocks(row, entry)
            ? new RowAssessment(RowAssessment.Refuse, OutcomeCode.PredecessorUnknown, text.Get("Meaning_PredecessorUnknown"))
            : null);
    }

    private RowAssessment? AssessEntry(JournalEntry? entry) => entry?.Recorded switch
    {
        { OpenIntent: { } intent } when DoubtRules.MayResend(intent, DateTimeOffset.UtcNow) => new RowAssessment(RowAssessment.Send, OutcomeCode.Interrupted, text.Get("Meaning_Interrupted")),
        { OpenIntent: not null } => new RowAssessment(RowAssessment.Unknown, OutcomeCode.Interrupted, text.Get("Meaning_Interrupted")),
        { Outcome: { Status: OutcomeStatus.Succeeded } recorded } => new RowAssessment(RowAssessment.AlreadyDone, recorded.Code, text.Get("Check_DoneByJournal")),
        { Outcome: { Status: OutcomeStatus.Unknown } recorded } => new RowAssessment(RowAssessment.Unknown, recorded.Code, _words.Describe(recorded)),
        _ => null,
    };

    /// <summary>Assesses a row by the other rows of its list.</summary>
    internal RowAssessment Assess(RowConflict? conflict) =>
        conflict is not null ? new RowAssessment(RowAssessment.Refuse, conflict.Code, text.Format("Check_" + conflict.Code, conflict.OtherRow))
        : new RowAssessment(RowAssessment.Send);

    /// <summary>Assesses a row by the service's responses about its card and its new device.</summary>
    internal RowAssessment Assess(BindingRow row, QueryOutcome<CardDetail> card, QueryOutcome<bool>? device)
    {
        if (card.IsRefusedByService)
        {
            return new RowAssessment(RowAssessment.Refuse, "CardNotFound", text.Format("Sentences", text.Get("Check_CardNotFound"), _words.Describe(card)));
        }

        return !card.IsAnswered ? new RowAssessment(RowAssessment.Unknown, card.Code, _words.Describe(card))
            : AssessCard(row, card.Value!) is { } assessment ? assessment
            : device is null or { IsAnswered: true, Value: true } ? new RowAssessment(RowAssessment.Send)
            : device.IsAnswered ? new RowAssessment(RowAssessment.Refuse, "DeviceNotUploaded", text.Format("Check_DeviceNotUploaded", row.NewImei))
            : new RowAssessment(device.IsRefusedByService ? RowAssessment.Refuse : RowAssessment.Unknown, device.Code, _words.Describe(device));
    }

    private RowAssessment? AssessCard(BindingRow row, CardDetail card)
    {
        if (card.Status == Closed)
        {
            return row.Operation == BindingOperation.Unbind
                ? new RowAssessment(RowAssessment.AlreadyDone, "CardClosed", text.Get("Check_CardClosed"))
                : new RowAssessment(RowAssessment.Refuse, "CardClosed", text.Get("Check_CardClosed"));
        }

        // An IMEI that is missing, invalid or the row's own says nothing.
        if (card.DeviceImei is not { } imei || RowCheck.FindImeiFault(imei, nameof(row.Imei)) is not null || IsSameDevice(imei, row.Imei))
        {
            return null;
        }

        return row.NewImei is { } newImei && IsSameDevice(imei, newImei)
            ? new RowAssessment(RowAssessment.Unknown, "SeenInNewDevice", text.Format("Check_SeenInNewDevice", imei))
            : new RowAssessment(RowAssessment.Refuse, "BoundElsewhere", text.Format("Check_BoundElsewhere", imei, row.Imei));
    }

    private static bool IsSameDevice(string one, string other) => DeviceIdentity.Parse(one) == DeviceIdentity.Parse(other);
}
