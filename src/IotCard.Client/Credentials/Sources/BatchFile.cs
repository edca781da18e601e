namespace IotCard.Client.Credentials.Sources;

/// <summary>
/// Runs a <c>.cmd</c> or <c>.bat</c> file. Windows has cmd do so, which reads the arguments by rules of its own: an
/// <c>&amp;</c> outside quotation marks begins another command.
/// </summary>
internal static class BatchFile
{
    private static readonly string[] Extensions = [".cmd", ".bat"];

    /// <summary>Whether cmd runs a program. Windows ignores dots and blanks at the end of a name.</summary>
    internal static bool Is(string program) =>
        Extensions.Contains(Path.GetExtension(program.TrimEnd('.', ' ')), StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The arguments with which cmd runs the file: each in quotation marks, where nothing but a quotation mark and a
    /// percent sign has a meaning.
    /// </summary>
    /// <returns>Null if the path or an argument has such a character, or a line break: it cannot be passed on safely.</returns>
    internal static string? ToArguments(string file, IEnumerable<string> arguments)
    {
        string[] words = [file, .. arguments];

        // Without AutoRun, with the usual extensions, without expansion of !variables!. The outer marks are removed by cmd.
        return Array.Exists(words, static w => w.Any(static c => c is '"' or '%' || char.IsControl(c)))
            ? null
            : $"/d /e:on /v:off /s /c \"{string.Join(" ", words.Select(static w => $"\"{w}\""))}\"";
    }
}
