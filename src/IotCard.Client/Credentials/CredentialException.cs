namespace IotCard.Client.Credentials;

/// <summary>No credential could be had. Its message says where was looked and what was wrong there; never a secret.</summary>
internal sealed class CredentialException : Exception
{
    /// <summary>Makes the error.</summary>
    /// <param name="code">A stable name for the error, such as <c>CredentialNotFound</c> or <c>ProfileNotFound</c>.</param>
    /// <param name="message">What is wrong, in words, without any secret.</param>
    /// <param name="innerException">What caused it, where something did.</param>
    public CredentialException(string code, string message, Exception? innerException = null)
        : base(message, innerException) => Code = code;

    internal CredentialException(string code, LocalizableMessage words, Exception? innerException = null)
        : this(code, words.ToString(), innerException) => Words = words;

    /// <summary>The same error, to be thrown at another who waits for the same.</summary>
    internal CredentialException Again() =>
        Words is null ? new CredentialException(Code, Message, this) : new CredentialException(Code, Words, this);

    /// <summary>Whether the same question may be answered a moment later: nobody answered, or was too busy to.</summary>
    internal bool IsTransient { get; init; }

    /// <summary>A stable name for the error.</summary>
    public string Code { get; }

    /// <summary>What the message says, for other languages; null where it was given as a text.</summary>
    public LocalizableMessage? Words { get; }
}
