using System.Text.Json.Serialization;

namespace IotCard.Client.Credentials.Profiles;

/// <summary>The command line's <c>config.json</c>, as far as credentials are concerned.</summary>
internal sealed class CliConfig
{
    [JsonPropertyName("current")]
    public string? Current { get; init; }

    [JsonPropertyName("profiles")]
    public IReadOnlyList<CliProfile?>? Profiles { get; init; }

    /// <summary>The first profile of a name, as in the official libraries.</summary>
    internal CliProfile? Find(string name) =>
        Profiles?.FirstOrDefault(p => string.Equals(p?.Name, name, StringComparison.Ordinal));

    internal IEnumerable<string> Names =>
        Profiles?.Select(static p => p?.Name).OfType<string>().Where(static n => n.Length > 0) ?? [];
}
