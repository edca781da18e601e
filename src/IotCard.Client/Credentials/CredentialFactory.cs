using System.Globalization;
using IotCard.Client.Signing;

namespace IotCard.Client.Credentials;

/// <summary>Creates credentials from files, variables and services, and rejects values that cannot be valid.</summary>
internal static class CredentialFactory
{
    private static readonly string[] Formats =
    [
        "yyyy-MM-dd'T'HH:mm:ss'Z'",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'",
        "yyyy-MM-dd'T'HH:mm:sszzz",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz",
    ];

    private static LocalizableMessage AccessKeyId { get; } = new LocalizableMessage("AccessKeyId", $"an AccessKey ID");

    private static LocalizableMessage AccessKeySecret { get; } = new LocalizableMessage("AccessKeySecret", $"an AccessKey secret");

    private static LocalizableMessage SecurityToken { get; } = new LocalizableMessage("SecurityToken", $"a security token");

    /// <param name="id">The AccessKey ID.</param>
    /// <param name="secret">The secret.</param>
    /// <param name="token">The security token, if any.</param>
    /// <param name="expiration">When the token expires.</param>
    /// <param name="code">The error's code if a part is missing.</param>
    /// <param name="where">How the error's message begins: the file and profile, the variable or the service.</param>
    internal static Credential Create(
        string? id, string? secret, string? token, DateTimeOffset? expiration, string code, LocalizableMessage where) =>
        new(
            Require(id, AccessKeyId, code, where),
            Require(secret, AccessKeySecret, code, where),
            Given(token?.Trim(), SecurityToken, where),
            expiration);

    /// <summary>Creates a temporary credential, which must have a token.</summary>
    internal static Credential CreateTemporary(
        string? id, string? secret, string? token, DateTimeOffset? expiration, string code, LocalizableMessage where) =>
        Create(id, secret, Require(token, SecurityToken, code, where), expiration, code, where);

    /// <summary>Parses a time in the invariant culture, UTC.</summary>
    internal static bool TryParseTime(string? text, out DateTimeOffset time) =>
        DateTimeOffset.TryParseExact(
            text,
            Formats,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal | DateTimeStyles.AllowLeadingWhite | DateTimeStyles.AllowTrailingWhite,
            out time);

    /// <summary>Converts seconds since 1970 UTC; null if absent, 0 or out of range.</summary>
    internal static DateTimeOffset? FromSeconds(long? seconds) =>
        seconds is > 0 and < 253_402_300_800 ? DateTimeOffset.FromUnixTimeSeconds(seconds.Value) : null;

    /// <summary>Creates the credential that a user passes. Blanks around a value are not trimmed but reported as a mistake.</summary>
    /// <exception cref="CredentialException"><c>InvalidCredential</c>: a part is missing, or contains a character that is never valid.</exception>
    internal static Credential CreateFromUser(string? id, string? secret, string? token)
    {
        var user = new LocalizableMessage("InUserName", $"The user name of -Credential");
        var password = new LocalizableMessage("InPassword", $"The password of -Credential");
        return new(
            Given(id, AccessKeyId, user) ?? throw Missing(AccessKeyId, CredentialErrorCode.InvalidCredential, user),
            Given(secret, AccessKeySecret, password) ?? throw Missing(AccessKeySecret, CredentialErrorCode.InvalidCredential, password),
            Given(token, SecurityToken, new LocalizableMessage("InSecurityToken", $"-SecurityToken")));
    }

    /// <summary>Whether a text is printable ASCII without blanks, as keys, tokens and header values are.</summary>
    internal static bool IsPlain(string text) => text.Length > 0 && HeaderValue.FindFault(text) < 0;

    private static string Require(string? value, LocalizableMessage what, string code, LocalizableMessage where) =>
        Given(value?.Trim(), what, where) ?? throw Missing(what, code, where);

    /// <returns>The value; null if it is empty.</returns>
    private static string? Given(string? value, LocalizableMessage what, LocalizableMessage where)
    {
        if (string.IsNullOrEmpty(value))
        {
            return null;
        }

        // Whoever sets a variable with a tool that keeps quotation marks, or writes them twice into a file, has them in the value.
        if (IsQuote(value![0]) || IsQuote(value[^1]))
        {
            throw new CredentialException(
                CredentialErrorCode.InvalidCredential, new LocalizableMessage("QuoteAround", $"{where}: {what} with a quotation mark at its beginning or end. Remove it."));
        }

        var fault = HeaderValue.FindFault(value);
        return fault < 0
            ? value
            : throw new CredentialException(CredentialErrorCode.InvalidCredential, Describe(value, fault, what, where));
    }

    private static bool IsQuote(char c) => c is '"' or '\'';

    /// <summary>Describes what is wrong with a value, and where, without showing any of it.</summary>
    private static LocalizableMessage Describe(string value, int fault, LocalizableMessage what, LocalizableMessage where) =>
        value[fault] is '\r' or '\n'
            ? value[fault..].Trim().Length == 0
                ? new LocalizableMessage("TrailingLineEnd", $"{where}: {what} that ends with a line break. If it comes from Get-Content -Raw, remove the line break: (Get-Content -Raw file).Trim()")
                : new LocalizableMessage("LineEndWithin", $"{where}: {what} with a line break in it, after {fault} characters.")
            : char.IsWhiteSpace(value[fault])
                ? new LocalizableMessage("BlankWithin", $"{where}: {what} with a blank in it, after {fault} characters.")
                : char.IsControl(value[fault])
                    ? new LocalizableMessage("ControlWithin", $"{where}: {what} with a control character in it, after {fault} characters.")
                    : new LocalizableMessage("NotAscii", $"{where}: {what} with a character outside ASCII in it, after {fault} characters.");

    private static CredentialException Missing(LocalizableMessage what, string code, LocalizableMessage where) =>
        new(code, new LocalizableMessage("PartMissing", $"{where}: {what} is missing."));
}
