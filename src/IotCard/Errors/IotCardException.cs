namespace IotCard;

/// <summary>Why a card was not rebound or unbound, or why a command could not start.</summary>
public sealed class IotCardException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="code">The service's code, or the module's own.</param>
    /// <param name="message">What happened, as text.</param>
    /// <param name="httpStatus">The response's HTTP status, if any.</param>
    /// <param name="requestId">The response's request id, if any.</param>
    /// <param name="innerException">The cause, if any.</param>
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

    /// <summary>The HTTP status of the response; null if there was none.</summary>
    public int? HttpStatus { get; }

    /// <summary>The request id of the response, for support tickets; null if there was none.</summary>
    public string? RequestId { get; }
}
