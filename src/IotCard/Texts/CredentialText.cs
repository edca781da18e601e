using IotCard.Client.Credentials;

namespace IotCard.Texts;

/// <summary>Says in the user's language what the client has to say about credentials.</summary>
internal sealed class CredentialText(Text text)
{
    private static readonly char[] FullStops = ['.', '。'];

    internal string Describe(CredentialException failure) => failure.Words is { } words ? Describe(words) : failure.Message;

    internal string Describe(LocalizableMessage words) =>
        words.Code == LocalizableMessage.Verbatim
            ? words.ToString()
            : text.Format("Said_" + words.Code, [.. words.Values.Select(Value)]);

    /// <summary>What stands within other words is no sentence of its own.</summary>
    private object? Value(object? value) => value is LocalizableMessage words ? Describe(words).TrimEnd(FullStops) : value;
}
