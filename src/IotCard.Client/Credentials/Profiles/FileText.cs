using System.Text;

namespace IotCard.Client.Credentials.Profiles;

/// <summary>Reads small text files: UTF-8, or the encoding of a byte order mark.</summary>
internal static class FileText
{
    /// <summary>In characters. A profile file has a few kilobytes; anything larger is something else.</summary>
    internal const int MaximumLength = 1024 * 1024;

    /// <exception cref="CredentialException"><c>UnreadableFile</c>: the file is missing, too long or not readable.</exception>
    internal static string Read(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(file, Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
            var text = new StringBuilder();
            var buffer = new char[4096];
            for (int read; (read = reader.Read(buffer, 0, buffer.Length)) > 0;)
            {
                text.Append(buffer, 0, read);
                if (text.Length > MaximumLength)
                {
                    throw Unreadable(path, new LocalizableMessage("FileTooLarge", $"it is larger than a mebibyte"));
                }
            }

            return text.ToString();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Unreadable(path, new LocalizableMessage("NoSuchFile", $"there is no such file"), e);
        }
        catch (Exception e) when (
            e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException
                or System.Security.SecurityException)
        {
            throw Unreadable(path, LocalizableMessage.FromText(e.Message), e);
        }
    }

    private static CredentialException Unreadable(string path, LocalizableMessage reason, Exception? cause = null) =>
        new(CredentialErrorCode.UnreadableFile, new LocalizableMessage("Unreadable", $"{path} cannot be read: {reason}."), cause);
}
