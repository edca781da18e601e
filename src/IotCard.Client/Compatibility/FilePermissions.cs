namespace IotCard.Client;

internal static class FilePermissions
{
    /// <summary>
    /// Whether a file's Unix mode lets its group or everyone read it. False on Windows, where a home folder's access
    /// list keeps others out and there is no mode to look at, and where it cannot be told.
    /// </summary>
    internal static bool IsReadableByOthers(string path)
    {
#if NET
        if (OperatingSystem.IsWindows())
        {
            return false;
        }

        try
        {
            // A link's own mode lets everyone read; what it leads to is what counts.
            var file = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
            return (File.GetUnixFileMode(file) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead)) != UnixFileMode.None;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
#else
        return false;
#endif
    }
}
