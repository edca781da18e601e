using System.Text.Json.Serialization;

namespace IotCard.Client.Credentials.Profiles;

/// <summary>The parts of the command line's <c>config.json</c> that concern credentials.</summary>
internal sealed class CliConfig
{
    /// <summary>The name of the profile that the command line uses if the file names none.</summary>
    internal const string DefaultName = "default";

    /// <summary>The name of the profile in use; null if the file does not say, which means <see cref="DefaultName"/>.</summary>
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
