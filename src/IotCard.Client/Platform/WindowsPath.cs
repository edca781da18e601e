namespace IotCard.Client.Platform;

/// <summary>The forms of a path on Windows, by its text alone.</summary>
internal static class WindowsPath
{
    /// <summary>Whether it names its drive or share. <c>\folder</c> depends on the current drive, <c>C:folder</c> on that drive's current folder.</summary>
    internal static bool IsAbsolute(string path) =>
        (HasDrive(path) && path.Length > 2 && IsSeparator(path[2])) || (path.Length > 2 && IsSeparator(path[0]) && IsSeparator(path[1]));

    /// <summary>Whether it names an alternate data stream of a file, such as <c>C:\data\x.jsonl:s</c>, which no list of files shows.</summary>
    internal static bool NamesStream(string path)
    {
        var start = path.StartsWith(@"\\?\", StringComparison.Ordinal) || path.StartsWith(@"\\.\", StringComparison.Ordinal) ? 4 : 0;
        return path.IndexOf(':', HasDrive(path[start..]) ? start + 2 : start) >= 0;
    }

    /// <summary>Refuses an alternate data stream, on Windows. Elsewhere a colon is a character like any other.</summary>
    /// <exception cref="NotRegularFileException">The path names one.</exception>
    internal static void RefuseStream(string path)
    {
        if (OperatingSystem.IsWindows() && NamesStream(path))
        {
            throw new NotRegularFileException(path);
        }
    }

    private static bool HasDrive(string path) => path.Length > 1 && path[1] == ':' && (path[0] | 0x20) is >= 'a' and <= 'z';

    private static bool IsSeparator(char c) => c is '\\' or '/';
}
