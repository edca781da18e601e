using System.Globalization;
using IotCard.Client.Credentials;

namespace IotCard.Texts;

/// <summary>Translates the client's messages about credentials. Their English is the client's own, so the texts have only the Chinese.</summary>
internal sealed class CredentialText(Text text)
{
    private static readonly char[] FullStops = ['.', '。'];

    internal string Describe(CredentialException failure) =>
        failure.Words is not { } words ? failure.Message
        : failure.Code == CredentialErrorCode.CredentialNotFound ? text.Format("CredentialSources", Describe(words))
        : Describe(words);

    internal string Describe(LocalizableMessage words) =>
        words.Code != LocalizableMessage.Verbatim && text.Find("Said_" + words.Code) is { } format
            ? string.Format(CultureInfo.InvariantCulture, format, [.. words.Values.Select(Value)])
            : words.ToString();

    /// <summary>A sentence within another message loses its full stop.</summary>
    private object? Value(object? value) => value is LocalizableMessage words ? Describe(words).TrimEnd(FullStops) : value;
}
