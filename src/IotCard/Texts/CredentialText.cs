using IotCard.Client.Credentials;

namespace IotCard.Texts;

/// <summary>Translates the client's messages about credentials.</summary>
internal sealed class CredentialText(Text text)
{
    private static readonly char[] FullStops = ['.', '。'];

    internal string Describe(CredentialException failure) => failure.Words is { } words ? Describe(words) : failure.Message;

    internal string Describe(LocalizableMessage words) =>
        words.Code == LocalizableMessage.Verbatim
            ? words.ToString()
            : text.Format("Said_" + words.Code, [.. words.Values.Select(Value)]);

    /// <summary>A sentence within another message loses its full stop.</summary>
    private object? Value(object? value) => value is LocalizableMessage words ? Describe(words).TrimEnd(FullStops) : value;
}
