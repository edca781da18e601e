using System.Text.Json;

namespace IotCard.Client.Credentials.Profiles;

/// <summary>Reads <c>config.json</c>.</summary>
internal static class CliConfigFile
{
    /// <exception cref="CredentialException"><c>MalformedFile</c> or <c>UnreadableFile</c>.</exception>
    internal static CliConfig Read(string path) => Parse(FileText.Read(path), path);

    /// <exception cref="CredentialException"><c>MalformedFile</c>.</exception>
    internal static CliConfig Parse(string text, string path)
    {
        CliConfig? config;
        try
        {
            config = JsonText.Deserialize(text, ProfileJson.Default.CliConfig);
        }
        catch (JsonException e)
        {
            // The exception's own message quotes the text around the error, which may be a secret.
            throw Malformed(path, new LocalizableMessage("AtLineAndColumn", $"line {(e.LineNumber ?? 0) + 1}, column {(e.BytePositionInLine ?? 0) + 1}: {Reason(e)}"));
        }

        return config ?? throw Malformed(path, new LocalizableMessage("JsonNull", $"line 1: an object is expected, not null"));
    }

    private static LocalizableMessage Reason(JsonException e) =>
        e.Path is { Length: > 1 } at && e.InnerException is not JsonException && e.InnerException is not null
            ? new LocalizableMessage("JsonType", $"{at} has the wrong type")
            : new LocalizableMessage("NotJson", $"this is not JSON of the expected form");

    private static CredentialException Malformed(string path, LocalizableMessage reason) =>
        new(CredentialErrorCode.MalformedFile, new LocalizableMessage("Malformed", $"{path} is malformed, {reason}."));
}
