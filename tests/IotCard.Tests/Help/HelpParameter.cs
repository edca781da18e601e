namespace IotCard.Tests.Help;

/// <summary>A parameter as a page describes it.</summary>
internal sealed record HelpParameter(string Name, string Description, string Type, string Default, string[] Aliases, string[] AcceptedValues, HelpParameterSet[] Sets)
{
    /// <summary>Reads the text under a parameter's heading.</summary>
    internal static HelpParameter Read(string name, string body)
    {
        var start = body.IndexOf("```yaml\n", StringComparison.Ordinal);
        var lines = body[(start + "```yaml\n".Length)..body.LastIndexOf("```", StringComparison.Ordinal)].TrimEnd().Split('\n');
        return new HelpParameter(
            name,
            body[..start].Trim(),
            Value(lines, "Type"),
            Value(lines, "DefaultValue"),
            Items(lines, "Aliases"),
            Items(lines, "AcceptedValues"),
            [.. lines.Select((line, i) => (line, i)).Where(static l => l.line.StartsWith("- Name: ", StringComparison.Ordinal)).Select(l => new HelpParameterSet(
                l.line["- Name: ".Length..],
                Value(lines[l.i..], "  Position"),
                bool.Parse(Value(lines[l.i..], "  IsRequired")),
                bool.Parse(Value(lines[l.i..], "  ValueFromPipeline")),
                bool.Parse(Value(lines[l.i..], "  ValueFromPipelineByPropertyName"))))]);
    }

    private static string Value(string[] lines, string key) =>
        lines.First(line => line.StartsWith(key + ":", StringComparison.Ordinal))[(key.Length + 1)..].Trim().Trim('\'');

    private static string[] Items(string[] lines, string key) =>
        [.. lines.SkipWhile(line => !line.StartsWith(key + ":", StringComparison.Ordinal)).Skip(1)
            .TakeWhile(static line => line.StartsWith("- ", StringComparison.Ordinal)).Select(static line => line[2..])];
}
