using System.Text;
using IotCard.Client.Platform;
using Microsoft.Win32.SafeHandles;

namespace IotCard.Client.Credentials.Profiles;

/// <summary>Reads small text files: UTF-8, or the encoding of a byte order mark.</summary>
internal static class FileText
{
    /// <summary>In characters. A profile file has a few kilobytes; anything larger is something else.</summary>
    internal const int MaximumLength = 1024 * 1024;

    /// <exception cref="CredentialException"><c>UnreadableFile</c>: it is missing, no regular file, too long or not readable.</exception>
    internal static string Read(string path) => Read(path, static _ => { });

    /// <param name="path">The file.</param>
    /// <param name="examine">Looks at the open file before anything is read from it.</param>
    /// <exception cref="CredentialException"><c>UnreadableFile</c>: it is missing, no regular file, too long or not readable.</exception>
    internal static string Read(string path, Action<SafeFileHandle> examine)
    {
        try
        {
            using var file = RegularFile.OpenToRead(path);
            examine(file.SafeFileHandle);
            return ReadAll(file) ?? throw Unreadable(path, new LocalizableMessage("FileTooLarge", $"it is larger than 1 MiB"));
        }
        catch (NotRegularFileException e)
        {
            throw Unreadable(path, new LocalizableMessage("NotRegularFile", $"it is a folder, a pipe or a device, not a file"), e);
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

    /// <returns>The text; null if it is too long.</returns>
    private static string? ReadAll(FileStream file)
    {
        using var reader = new StreamReader(file, Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        var text = new StringBuilder();
        var buffer = new char[4096];
        for (int read; (read = reader.Read(buffer, 0, buffer.Length)) > 0;)
        {
            text.Append(buffer, 0, read);
            if (text.Length > MaximumLength)
            {
                return null;
            }
        }

        return text.ToString();
    }

    private static CredentialException Unreadable(string path, LocalizableMessage reason, Exception? cause = null) =>
        new(CredentialErrorCode.UnreadableFile, new LocalizableMessage("Unreadable", $"{path} cannot be read: {reason}."), cause);
}
