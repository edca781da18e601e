namespace IotCard;

/// <summary>Why a card was not rebound or unbound, or why a command could not start.</summary>
public sealed class IotCardException : Exception
{
    /// <summary>Makes the error.</summary>
    /// <param name="code">The service's code, or the module's own.</param>
    /// <param name="message">What happened, in words.</param>
    /// <param name="httpStatus">The HTTP status, where an answer came.</param>
    /// <param name="requestId">The request's id, where an answer carries one.</param>
    /// <param name="innerException">What caused it, where something did.</param>
    public IotCardException(
        string code, string message, int? httpStatus = null, string? requestId = null, Exception? innerException = null)
        : base(message, innerException)
    {
        Code = code;
        HttpStatus = httpStatus;
        RequestId = requestId;
    }

    /// <summary>The service's code, such as <c>isv.IOT_RES_NOT_EXIST</c>, or the module's own, such as <c>InvalidIccid</c>.</summary>
    public string Code { get; }

    /// <summary>The HTTP status, where an answer came; null otherwise.</summary>
    public int? HttpStatus { get; }

    /// <summary>The request's id for support tickets, where an answer carries one; null otherwise.</summary>
    public string? RequestId { get; }
}
