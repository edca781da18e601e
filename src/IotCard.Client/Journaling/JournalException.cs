namespace IotCard.Client.Journaling;

/// <summary>A journal cannot be used, or no longer.</summary>
public sealed class JournalException : Exception
{
    /// <summary>Makes the error.</summary>
    /// <param name="code">One of <see cref="JournalErrorCode"/>.</param>
    /// <param name="path">The journal's path.</param>
    /// <param name="detail">What more there is to say: a line's number, the job that it belongs to, the system's own words.</param>
    /// <param name="innerException">What caused it, where something did.</param>
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

    /// <summary>What more there is to say, where there is something.</summary>
    public string? Detail { get; }
}
