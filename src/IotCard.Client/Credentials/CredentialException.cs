namespace IotCard.Client.Credentials;

/// <summary>No credential could be had. Its message says where was looked and what was wrong there; never a secret.</summary>
public sealed class CredentialException : Exception
{
    /// <summary>Makes the error.</summary>
    /// <param name="code">A stable name for the error, such as <c>CredentialNotFound</c> or <c>ProfileNotFound</c>.</param>
    /// <param name="message">What is wrong, in words, without any secret.</param>
    /// <param name="innerException">What caused it, where something did.</param>
    public CredentialException(string code, string message, Exception? innerException = null)
        : base(message, innerException) => Code = code;

    /// <summary>A stable name for the error.</summary>
    public string Code { get; }
}
