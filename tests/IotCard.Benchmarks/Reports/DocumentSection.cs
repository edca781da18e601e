namespace IotCard.Benchmarks.Reports;

/// <summary>A section of a Markdown document that a command writes, between two comments.</summary>
/// <param name="Name">The section's name.</param>
/// <param name="Command">The command that writes the section.</param>
internal sealed record DocumentSection(string Name, string Command)
{
    private string Begin => $"<!-- {Name}: written by `{Command} --markdown` -->";

    private string End => $"<!-- end of {Name} -->";

    /// <summary>Writes the section: in place if the document has it, otherwise as a new file.</summary>
    internal async Task WriteAsync(string text, string path, CancellationToken cancellationToken)
    {
        var section = $"{Begin}\n\n{text}\n{End}";
        var document = File.Exists(path) ? await File.ReadAllTextAsync(path, cancellationToken) : string.Empty;
        var begin = document.IndexOf(Begin, StringComparison.Ordinal);
        var end = document.IndexOf(End, StringComparison.Ordinal);
        var written = begin >= 0 && end > begin ? document[..begin] + section + document[(end + End.Length)..] : section + "\n";
        await File.WriteAllTextAsync(path, written, cancellationToken);
    }
}
