using System.Globalization;
using IotCard.Client.Sanitizing;

namespace IotCard.Client.Credentials;

/// <summary>A message about credentials: a stable code and its values, for translation, and the English text. It contains no secret.</summary>
/// <remarks>A value may be a message in turn. A sentence within another one loses its full stop.</remarks>
internal sealed class LocalizableMessage
{
    /// <summary>The code of a text without a translation, such as a message of the system: the text is the only value.</summary>
    public const string Verbatim = nameof(Verbatim);

    private readonly string _format;

    internal LocalizableMessage(string code, FormattableString english)
    {
        Code = code;

        // Names of profiles, roles and files, and what a service says, are shown to people.
        Values = [.. english.GetArguments().Select(static v => v is string text ? SafeText.Clean(text) : v)];
        _format = english.Format;
    }

    /// <summary>The message's stable name.</summary>
    public string Code { get; }

    /// <summary>The values, in the order of the English text: texts, numbers, times and nested messages.</summary>
    public IReadOnlyList<object?> Values { get; }

    internal static LocalizableMessage FromText(string text) => new(Verbatim, $"{text}");

    /// <summary>The English text.</summary>
    /// <returns>A sentence or a part of one.</returns>
    public override string ToString() =>
        string.Format(
            CultureInfo.InvariantCulture,
            _format,
            [.. Values.Select(static v => v is LocalizableMessage words ? words.ToString().TrimEnd('.') : v)]);
}
