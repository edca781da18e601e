using IotCard.Client.Cards;
using IotCard.Client.Journaling;
using IotCard.Client.Queries;
using IotCard.Client.Sending;
using IotCard.Texts;

namespace IotCard.Commands;

/// <summary>Judges rows by what is known of them, and says it in words.</summary>
internal sealed class RowVerdicts(Text text)
{
    internal const string SpreadsheetRounded = "SpreadsheetRounded";

    private const string Closed = "50";

    private readonly OutcomeText _words = new(text);

    /// <summary>Judges a row that the row check refuses; of one that an earlier result calls Unknown somebody has to find out more.</summary>
    internal static RowVerdict JudgeRefusal(string code, string? message) =>
        new(code == RowChecker.PriorOutcomeUnknown ? RowVerdict.Unknown : RowVerdict.Refuse, code, message);

    /// <summary>Judges a row by the journal.</summary>
    /// <returns>The verdict; null where the journal has nothing against sending it.</returns>
    internal RowVerdict? Judge(JournalEntry? entry) => entry switch
    {
        { OpenIntent: not null } => new RowVerdict(RowVerdict.Unknown, OutcomeCode.Interrupted, text.Get("Meaning_Interrupted")),
        { Outcome: { Verdict: Verdict.Succeeded } recorded } => new RowVerdict(RowVerdict.AlreadyDone, recorded.Code, text.Get("Check_DoneByJournal")),
        { Outcome: { Verdict: Verdict.Unknown } recorded } => new RowVerdict(RowVerdict.Unknown, recorded.Code, _words.Of(recorded)),
        _ => null,
    };

    /// <summary>Judges a row by the list that it is in, and by what a spreadsheet may have done to it.</summary>
    internal RowVerdict Judge(BindingRow row, RowConflict? conflict) =>
        conflict is not null ? new RowVerdict(RowVerdict.Refuse, conflict.Code, text.Format("Check_" + conflict.Code, conflict.OtherRow))
        : SpreadsheetNumber.IsRounded(row.Iccid) ? new RowVerdict(RowVerdict.Refuse, SpreadsheetRounded, text.Format("Check_SpreadsheetRounded", row.Iccid))
        : new RowVerdict(RowVerdict.Send);

    /// <summary>Judges a row by what the service says of its card and its new device.</summary>
    internal RowVerdict Judge(BindingRow row, QueryOutcome<CardDetail> card, QueryOutcome<bool>? device)
    {
        if (card.IsRefusedByService)
        {
            return SpreadsheetNumber.IsRounded(row.Iccid)
                ? new RowVerdict(RowVerdict.Refuse, SpreadsheetRounded, text.Format("Check_SpreadsheetRounded", row.Iccid))
                : new RowVerdict(RowVerdict.Refuse, "CardNotFound", text.Format("Sentences", text.Get("Check_CardNotFound"), _words.Of(card)));
        }

        return !card.IsAnswered ? new RowVerdict(RowVerdict.Unknown, card.Code, _words.Of(card))
            : JudgeCard(row, card.Value!) is { } verdict ? verdict
            : device is null or { IsAnswered: true, Value: true } ? new RowVerdict(RowVerdict.Send)
            : device.IsAnswered ? new RowVerdict(RowVerdict.Refuse, "DeviceNotUploaded", text.Format("Check_DeviceNotUploaded", row.NewImei))
            : new RowVerdict(device.IsRefusedByService ? RowVerdict.Refuse : RowVerdict.Unknown, device.Code, _words.Of(device));
    }

    private RowVerdict? JudgeCard(BindingRow row, CardDetail card)
    {
        if (card.Status == Closed)
        {
            return row.Operation == BindingOperation.Unbind
                ? new RowVerdict(RowVerdict.AlreadyDone, "CardClosed", text.Get("Check_CardClosed"))
                : new RowVerdict(RowVerdict.Refuse, "CardClosed", text.Get("Check_CardClosed"));
        }

        // What cannot be told from another device says nothing.
        if (card.DeviceImei is not { } imei || RowCheck.FindImeiFault(imei, nameof(row.Imei)) is not null || IsSameDevice(imei, row.Imei))
        {
            return null;
        }

        return row.NewImei is { } newImei && IsSameDevice(imei, newImei)
            ? new RowVerdict(RowVerdict.Unknown, "SeenInNewDevice", text.Format("Check_SeenInNewDevice", imei))
            : new RowVerdict(RowVerdict.Refuse, "BoundElsewhere", text.Format("Check_BoundElsewhere", imei, row.Imei));
    }

    private static bool IsSameDevice(string one, string other) => DeviceIdentity.Of(one) == DeviceIdentity.Of(other);
}
