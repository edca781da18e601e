namespace IotCard.Client.Service;

/// <summary>
/// How the responses to an action are read, and what they say of their request. As it is, it is that of the binding
/// action, the strictest: what is not certain there is a lost response. Other actions read more into a response; none of
/// that touches the binding action.
/// </summary>
internal class ResponseFormat
{
    private protected ResponseFormat()
    {
    }

    /// <summary>That of the action that rebinds and unbinds.</summary>
    internal static ResponseFormat Binding { get; } = new();

    /// <summary>Reads a body.</summary>
    /// <returns>The response; null where the body is not one.</returns>
    internal virtual ServiceResponse? Read(int httpStatus, ReadOnlySpan<byte> body) => ResponseReader.Read(httpStatus, body);

    /// <summary>Tells what a response says about its request.</summary>
    internal virtual AttemptStatus Classify(ServiceResponse response) => ResponseClassifier.Classify(response);
}
