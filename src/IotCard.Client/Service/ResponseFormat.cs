using IotCard.Client.Rules;

namespace IotCard.Client.Service;

/// <summary>
/// How an action's responses are read and classified. This base class is for the binding action and the strictest:
/// whatever is uncertain is a lost response. Other actions accept more; that does not affect the binding action.
/// </summary>
internal class ResponseFormat
{
    private protected ResponseFormat()
    {
    }

    /// <summary>The format of the action that rebinds and unbinds.</summary>
    internal static ResponseFormat Binding { get; } = new();

    /// <summary>The maximum length of a body, in bytes; a longer one is unreadable.</summary>
    internal virtual int MaximumLength => ResponseReader.MaximumLength;

    /// <summary>Reads a body.</summary>
    /// <returns>The response; null if the body is not one.</returns>
    internal virtual ServiceResponse? Read(int httpStatus, ReadOnlySpan<byte> body) => ResponseReader.Read(httpStatus, body);

    /// <summary>Classifies what a response says about its request.</summary>
    internal virtual AttemptStatus Classify(ServiceResponse response) => ResponseClassifier.Classify(response);
}
