namespace IotCard.Client.Credentials.Sources;

/// <summary>Finds a program by its name as a shell does, but never in the current folder.</summary>
internal static class ProgramPath
{
    private static readonly string[] DefaultExtensions = [".COM", ".EXE", ".BAT", ".CMD"];

    /// <param name="program">The program to run.</param>
    /// <param name="path">The search path.</param>
    /// <param name="extensions">The file extensions of programs on Windows, such as <c>.EXE;.CMD</c>.</param>
    /// <param name="isWindows">Whether the rules of Windows apply.</param>
    /// <param name="exists">Whether a file exists.</param>
    /// <returns>The program's path; null if not found.</returns>
    internal static string? Find(string program, string? path, string? extensions, bool isWindows, Func<string, bool> exists)
    {
        string[] names = isWindows ? [.. Names(program, extensions)] : [program];
        if (HasFolder(program, isWindows))
        {
            // A file without an extension, which Windows may not run, is left to it.
            return Array.Find(names, name => exists(name)) ?? program;
        }

        return (path ?? "").Split(isWindows ? ';' : ':')
            .Select(folder => isWindows ? folder.Trim().Trim('"') : folder)
            .Where(folder => IsAbsolute(folder, isWindows))
            .SelectMany(folder => names.Select(name => folder.TrimEnd('/', '\\') + (isWindows ? '\\' : '/') + name))
            .FirstOrDefault(exists);
    }

    /// <summary>Whether a program's path depends on the current folder or drive.</summary>
    internal static bool IsRelative(string program, bool isWindows) => HasFolder(program, isWindows) && !IsAbsolute(program, isWindows);

    private static bool HasFolder(string program, bool isWindows) => program.IndexOfAny(isWindows ? ['/', '\\', ':'] : ['/']) >= 0;

    /// <summary>A name with one of the extensions is used unchanged; otherwise each extension is tried in turn.</summary>
    private static IEnumerable<string> Names(string program, string? extensions)
    {
        var known = extensions?.Split(';').Select(static e => e.Trim()).Where(static e => e.Length > 1 && e[0] == '.').ToArray() is { Length: > 0 } given
            ? given
            : DefaultExtensions;
        return Array.Exists(known, e => program.EndsWith(e, StringComparison.OrdinalIgnoreCase)) ? [program] : known.Select(e => program + e);
    }

    /// <summary>Whether a folder is absolute: on Windows including its drive or share, because <c>\\tools</c> is on the current drive.</summary>
    private static bool IsAbsolute(string folder, bool isWindows) =>
        isWindows
            ? (folder.Length >= 3 && folder[1] == ':' && folder[2] is '\\' or '/') || folder.StartsWith(@"\\", StringComparison.Ordinal)
            : folder.Length > 0 && folder[0] == '/';
}
