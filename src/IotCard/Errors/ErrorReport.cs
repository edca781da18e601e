using System.Management.Automation;
using IotCard.Client.Sending;
using IotCard.Texts;

namespace IotCard.Errors;

/// <summary>Makes the records that report errors: a code for an id, a fitting category, and what to do, in words.</summary>
internal sealed class ErrorReport(Text text)
{
    /// <summary>Reports a row that did not succeed.</summary>
    internal ErrorRecord Of(BindingResult result, RowOutcome outcome)
    {
        var exception = new IotCardException(
            result.Code, Describe(result), outcome.HttpStatus, result.RequestId, outcome.Cause);
        return Of(exception, result);
    }

    /// <summary>Reports why a command cannot start, or a row that did not succeed.</summary>
    internal ErrorRecord Of(IotCardException exception, object? target) =>
        new(exception, exception.Code, ErrorCategories.Of(exception.Code), target)
        {
            ErrorDetails = new ErrorDetails(exception.Message) { RecommendedAction = text.ActionFor(exception.Code) },
        };

    private string Describe(BindingResult result)
    {
        var reference = result.RequestId is { } id ? $"{result.Code}, {text.Format("RequestId", id)}" : result.Code;
        return text.Format(
            result.Outcome == Outcome.Unknown ? "RowError_Unknown" : "RowError_Failed",
            text.Get(result.Operation.ToString()),
            OutcomeText.Shown(result.Iccid),
            result.Message,
            reference);
    }
}
