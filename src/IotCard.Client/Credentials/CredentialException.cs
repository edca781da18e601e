namespace IotCard.Client.Credentials;

/// <summary>No credential is available. The message says which sources were tried and what was wrong; it never contains a secret.</summary>
internal sealed class CredentialException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="code">A stable name for the error, such as <c>CredentialNotFound</c> or <c>ProfileNotFound</c>.</param>
    /// <param name="message">What is wrong; without any secret.</param>
    /// <param name="innerException">The cause, if any.</param>
    public CredentialException(string code, string message, Exception? innerException = null)
        : base(message, innerException) => Code = code;

    internal CredentialException(string code, LocalizableMessage words, Exception? innerException = null)
        : this(code, words.ToString(), innerException) => Words = words;

    /// <summary>A copy of this error, to be thrown to another caller that waits for the same result.</summary>
    internal CredentialException Copy() =>
        Words is null ? new CredentialException(Code, Message, this) : new CredentialException(Code, Words, this);

    /// <summary>Whether the same request may succeed a moment later: there was no response, or the service was too busy.</summary>
    internal bool IsTransient { get; init; }

    /// <summary>A stable name for the error.</summary>
    public string Code { get; }

    /// <summary>The message for translation; null if it was given as text.</summary>
    public LocalizableMessage? Words { get; }
}
