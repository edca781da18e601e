using System.Management.Automation;
using IotCard.Client.Cards;
using IotCard.Client.Http;
using IotCard.Client.Sending;
using IotCard.Texts;

namespace IotCard.Errors;

/// <summary>Makes the records that report errors: a code for an id, a fitting category, and what to do, in words.</summary>
internal sealed class ErrorReport(Text text)
{
    /// <summary>Reports a row that did not succeed.</summary>
    internal ErrorRecord Create(BindingResult result, RowOutcome outcome)
    {
        var exception = new IotCardException(
            result.Code, Describe(result), outcome.HttpStatus, result.RequestId, TransportError.FindShowable(outcome.Cause));
        return Create(exception, result, outcome.Status == OutcomeStatus.Unknown ? text.Get("Action_Unknown") : ActionFor(result.Code, result.Iccid));
    }

    /// <summary>Reports a query that has no answer.</summary>
    /// <param name="outcome">What came of it.</param>
    /// <param name="message">The name of the text that says what was asked.</param>
    /// <param name="subject">What it was asked of.</param>
    internal ErrorRecord Create<T>(QueryOutcome<T> outcome, string message, string subject)
    {
        var words = text.Format(message, OutcomeText.Shown(subject), new OutcomeText(text).Describe(outcome), Refer(outcome.Code, outcome.RequestId));
        var exception = new IotCardException(outcome.Code, words, outcome.HttpStatus, outcome.RequestId, TransportError.FindShowable(outcome.Cause));
        return Create(exception, subject, ActionFor(outcome.Code, subject));
    }

    /// <summary>Reports why a command cannot start, or a row that did not succeed.</summary>
    internal ErrorRecord Create(IotCardException exception, object? target) => Create(exception, target, text.ActionFor(exception.Code));

    private static ErrorRecord Create(IotCardException exception, object? target, string action) =>
        new(exception, exception.Code, ErrorCategories.Classify(exception.Code), target)
        {
            ErrorDetails = new ErrorDetails(exception.Message) { RecommendedAction = action },
        };

    private string Describe(BindingResult result) =>
        text.Format(
            result.Outcome == nameof(OutcomeStatus.Unknown) ? "RowError_Unknown" : "RowError_Failed",
            text.Get(result.Operation),
            OutcomeText.Shown(result.Iccid),
            result.Message,
            Refer(result.Code, result.RequestId),
            result.Row);

    private string Refer(string code, string? requestId) => requestId is null ? code : $"{code}, {text.Format("RequestId", requestId)}";

    /// <summary>Says what to do about a code; a card that does not exist may be one whose number a spreadsheet has rounded.</summary>
    private string ActionFor(string code, string iccid)
    {
        var action = text.ActionFor(code);
        return code == "isv.IOT_RES_NOT_EXIST" && SpreadsheetNumber.IsRounded(iccid)
            ? text.Format("Sentences", text.Format("Check_SpreadsheetRounded", iccid), action)
            : action;
    }
}
