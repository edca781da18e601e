namespace IotCard.Client.Journaling;

/// <summary>A journal cannot be used, or can no longer be used.</summary>
public sealed class JournalException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="code">One of <see cref="JournalErrorCode"/>.</param>
    /// <param name="path">The journal's path.</param>
    /// <param name="detail">Details, if any: a line's number, the job that it belongs to, the system's own message.</param>
    /// <param name="innerException">The cause, if any.</param>
    public JournalException(string code, string path, string? detail = null, Exception? innerException = null)
        : base(detail is null ? $"{code}: {path}" : $"{code}: {path}: {detail}", innerException)
    {
        Code = code;
        Path = path;
        Detail = detail;
    }

    /// <summary>One of <see cref="JournalErrorCode"/>.</summary>
    public string Code { get; }

    /// <summary>The journal's path.</summary>
    public string Path { get; }

    /// <summary>Details, if any: a line's number, the job that it belongs to, the system's own message.</summary>
    public string? Detail { get; }
}
