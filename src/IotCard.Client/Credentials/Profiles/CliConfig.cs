using System.Text.Json.Serialization;

namespace IotCard.Client.Credentials.Profiles;

/// <summary>The parts of the command line's <c>config.json</c> that concern credentials.</summary>
internal sealed class CliConfig
{
    [JsonPropertyName("current")]
    public string? Current { get; init; }

    [JsonPropertyName("profiles")]
    public IReadOnlyList<CliProfile?>? Profiles { get; init; }

    /// <summary>Finds the first profile of a name, as the official libraries do.</summary>
    internal CliProfile? Find(string name) =>
        Profiles?.FirstOrDefault(p => string.Equals(p?.Name, name, StringComparison.Ordinal));

    internal IEnumerable<string> Names =>
        Profiles?.Select(static p => p?.Name).OfType<string>().Where(static n => n.Length > 0) ?? [];
}
