using System.Management.Automation;
using IotCard.Client.Cards;
using IotCard.Client.Http;
using IotCard.Client.Journaling;
using IotCard.Client.Rules;
using IotCard.Client.Sanitizing;
using IotCard.Texts;

namespace IotCard.Errors;

/// <summary>Creates error records: the code as error id, a category, and a recommended action.</summary>
internal sealed class ErrorReport(Text text)
{
    /// <summary>Creates the record for a row that did not succeed.</summary>
    /// <param name="result">The result.</param>
    /// <param name="outcome">The outcome.</param>
    /// <param name="journalPath">The journal of the run; null if it has none that a later run can resume.</param>
    internal ErrorRecord Create(BindingResult result, RowOutcome outcome, string? journalPath = null)
    {
        var exception = new IotCardException(
            result.Code, Describe(result), outcome.HttpStatus, result.RequestId, TransportError.FindShowable(outcome.Cause));
        return Create(exception, result, ActionFor(outcome, journalPath));
    }

    /// <summary>Creates the record for a query without a result.</summary>
    /// <param name="outcome">The outcome.</param>
    /// <param name="message">The name of the text that describes the query.</param>
    /// <param name="subject">The subject of the query.</param>
    internal ErrorRecord Create<T>(QueryOutcome<T> outcome, string message, string subject)
    {
        var words = text.Format(message, OutcomeText.Shown(subject), new OutcomeText(text).Describe(outcome), Refer(outcome.Code, outcome.RequestId));
        var exception = new IotCardException(outcome.Code, words, outcome.HttpStatus, outcome.RequestId, TransportError.FindShowable(outcome.Cause));
        return Create(exception, subject, ActionFor(outcome.Code, subject));
    }

    /// <summary>Creates the record for a command that cannot start, or a row that did not succeed.</summary>
    internal ErrorRecord Create(IotCardException exception, object? target) => Create(exception, target, text.ActionFor(exception.Code));

    private static ErrorRecord Create(IotCardException exception, object? target, string action) =>
        new(exception, exception.Code, ErrorCategories.Classify(exception.Code), target is string text ? SafeText.Clean(text) : target)
        {
            ErrorDetails = new ErrorDetails(exception.Message) { RecommendedAction = action },
        };

    private string Describe(BindingResult result) =>
        text.Format(
            result.Outcome == nameof(OutcomeStatus.Unknown) ? "RowError_Unknown" : result.Iccid.Length == 0 ? "RowError_NoCard" : "RowError_Failed",
            text.Get(result.Operation),
            OutcomeText.Shown(result.Iccid),
            result.Message,
            Refer(result.Code, result.RequestId),
            result.Row);

    private string Refer(string code, string? requestId) => requestId is null ? code : $"{code}, {text.Format("RequestId", requestId)}";

    /// <summary>The recommended action for a row. While its request may be resent, resuming the run is safe and may settle it.</summary>
    private string ActionFor(RowOutcome outcome, string? journalPath) =>
        outcome is { Code: OutcomeCode.NotSent, Reason: OutcomeCode.TooManyFailures or JournalErrorCode.Tampered } ? text.ActionFor(outcome.Reason)
        : outcome.Status != OutcomeStatus.Unknown ? ActionFor(outcome.Code, outcome.Row.Iccid)
        : outcome.MayBeResent && journalPath is not null ? text.Format("Action_MayBeResent", journalPath)
        : text.Get("Action_Unknown");

    /// <summary>The recommended action for a code. A card that does not exist may have an ICCID that a spreadsheet has rounded.</summary>
    private string ActionFor(string code, string iccid)
    {
        var action = text.ActionFor(code);
        return code == "isv.IOT_RES_NOT_EXIST" && SpreadsheetNumber.IsRounded(iccid)
            ? text.Format("Sentences", text.Format("Fault_Rounded", iccid), action)
            : action;
    }
}
