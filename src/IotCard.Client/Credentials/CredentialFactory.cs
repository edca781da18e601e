using System.Globalization;

namespace IotCard.Client.Credentials;

/// <summary>Makes credentials of what files, variables and services say, and refuses what cannot be one.</summary>
internal static class CredentialFactory
{
    private static readonly string[] Formats =
    [
        "yyyy-MM-dd'T'HH:mm:ss'Z'",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'",
        "yyyy-MM-dd'T'HH:mm:sszzz",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz",
    ];

    private static LocalizableMessage Token { get; } = new LocalizableMessage("SecurityToken", $"a security token");

    /// <param name="id">The AccessKey ID.</param>
    /// <param name="secret">The secret.</param>
    /// <param name="token">The security token, where there is one.</param>
    /// <param name="expiration">When the token ends.</param>
    /// <param name="code">The error's code where a part is missing.</param>
    /// <param name="where">Begins the error's message: the file and profile, the variable or the service.</param>
    internal static Credential Create(
        string? id, string? secret, string? token, DateTimeOffset? expiration, string code, LocalizableMessage where) =>
        new(
            Needed(id, new LocalizableMessage("AccessKeyId", $"an AccessKey ID"), code, where),
            Needed(secret, new LocalizableMessage("AccessKeySecret", $"an AccessKey secret"), code, where),
            Checked(token, Token, where),
            expiration);

    /// <summary>A temporary credential: as <see cref="Create"/>, and the token is needed.</summary>
    internal static Credential CreateTemporary(
        string? id, string? secret, string? token, DateTimeOffset? expiration, string code, LocalizableMessage where) =>
        Create(id, secret, Needed(token, Token, code, where), expiration, code, where);

    /// <summary>Reads a time in the invariant culture, UTC; false where it is none.</summary>
    internal static bool TryParseTime(string? text, out DateTimeOffset time) =>
        DateTimeOffset.TryParseExact(
            text,
            Formats,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal | DateTimeStyles.AllowLeadingWhite | DateTimeStyles.AllowTrailingWhite,
            out time);

    /// <summary>A time in seconds since 1970 UTC; null where it is absent, 0 or no time at all.</summary>
    internal static DateTimeOffset? FromSeconds(long? seconds) =>
        seconds is > 0 and < 253_402_300_800 ? DateTimeOffset.FromUnixTimeSeconds(seconds.Value) : null;

    /// <summary>Whether a text is printable ASCII without blanks: what a key, a token and a header's value are made of.</summary>
    internal static bool IsPlain(string text) => text.Length > 0 && text.All(static c => c is > ' ' and <= '~');

    private static string Needed(string? value, LocalizableMessage what, string code, LocalizableMessage where) =>
        Checked(value, what, where) is { Length: > 0 } text
            ? text
            : throw new CredentialException(code, new LocalizableMessage("PartMissing", $"{where}: {what} is missing."));

    private static string? Checked(string? value, LocalizableMessage what, LocalizableMessage where)
    {
        var text = value?.Trim();
        return string.IsNullOrEmpty(text) || IsPlain(text!)
            ? text
            : throw new CredentialException(
                CredentialErrorCode.InvalidCredential,
                new LocalizableMessage("NotPlain", $"{where}: {what} with a blank, a line end or a letter outside ASCII in it."));
    }
}
