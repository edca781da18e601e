using System.Globalization;

namespace IotCard.Client.Credentials;

/// <summary>
/// Something to be said about credentials: a stable code and the values that belong to it, for whoever has words in
/// other languages, and the words in English. It holds no secret.
/// </summary>
/// <remarks>A value may be words in turn. A sentence that stands within another one loses its full stop.</remarks>
public sealed class LocalizableMessage
{
    /// <summary>The code of words that have no translation, such as those of the system: the text is the only value.</summary>
    public const string AsTold = nameof(AsTold);

    private readonly string _format;

    internal LocalizableMessage(string code, FormattableString english)
    {
        Code = code;
        Values = english.GetArguments();
        _format = english.Format;
    }

    /// <summary>A stable name for what is said.</summary>
    public string Code { get; }

    /// <summary>The values, in the order of the English words: texts, numbers, times, and words in turn.</summary>
    public IReadOnlyList<object?> Values { get; }

    internal static LocalizableMessage Told(string text) => new(AsTold, $"{text}");

    /// <summary>What is said, in English.</summary>
    /// <returns>A sentence or a part of one.</returns>
    public override string ToString() =>
        string.Format(
            CultureInfo.InvariantCulture,
            _format,
            [.. Values.Select(static v => v is LocalizableMessage words ? words.ToString().TrimEnd('.') : v)]);
}
