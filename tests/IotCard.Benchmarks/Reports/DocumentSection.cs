namespace IotCard.Benchmarks.Reports;

/// <summary>A part of a Markdown document that a command writes, between two comments.</summary>
/// <param name="Name">What the part holds.</param>
/// <param name="Command">The command that writes it.</param>
internal sealed record DocumentSection(string Name, string Command)
{
    private string Begin => $"<!-- {Name}: written by `{Command} --markdown` -->";

    private string End => $"<!-- end of {Name} -->";

    /// <summary>Writes the part: into its place in a document that has one, or as a file of its own.</summary>
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
