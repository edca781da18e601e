using System.Globalization;
using IotCard.Client.Sanitizing;

namespace IotCard.Client.Credentials;

/// <summary>
/// Something to be said about credentials: a stable code and the values that belong to it, for whoever has words in
/// other languages, and the words in English. It holds no secret.
/// </summary>
/// <remarks>A value may be words in turn. A sentence that stands within another one loses its full stop.</remarks>
internal sealed class LocalizableMessage
{
    /// <summary>The code of words that have no translation, such as those of the system: the text is the only value.</summary>
    public const string Verbatim = nameof(Verbatim);

    private readonly string _format;

    internal LocalizableMessage(string code, FormattableString english)
    {
        Code = code;

        // Names of profiles, roles and files, and what a service says, are shown to people.
        Values = [.. english.GetArguments().Select(static v => v is string text ? SafeText.Clean(text) : v)];
        _format = english.Format;
    }

    /// <summary>A stable name for what is said.</summary>
    public string Code { get; }

    /// <summary>The values, in the order of the English words: texts, numbers, times, and words in turn.</summary>
    public IReadOnlyList<object?> Values { get; }

    internal static LocalizableMessage FromText(string text) => new(Verbatim, $"{text}");

    /// <summary>What is said, in English.</summary>
    /// <returns>A sentence or a part of one.</returns>
    public override string ToString() =>
        string.Format(
            CultureInfo.InvariantCulture,
            _format,
            [.. Values.Select(static v => v is LocalizableMessage words ? words.ToString().TrimEnd('.') : v)]);
}
