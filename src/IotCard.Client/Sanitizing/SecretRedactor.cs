using System.Globalization;
using System.Text;

namespace IotCard.Client.Sanitizing;

/// <summary>
/// Removes known secrets from text that others wrote: a gateway that refuses a signature echoes what was signed,
/// including the security token. Secrets are found by value, plain or percent-encoded once or twice, and so is any part
/// of them of 16 characters or more. Immutable; safe for concurrent use.
/// </summary>
internal sealed class SecretRedactor
{
    /// <summary>No part of a secret of this length is ever shown, in any encoding.</summary>
    internal const int PartLength = 16;

    private const string Mask = "***";

    /// <summary>Shorter parts are masked, because escapes that were cut at either end may use up eight characters of a part.</summary>
    private const int MaskedLength = PartLength / 2;

    /// <summary>A part of <see cref="MaskedLength"/> contains a block of this length that begins at a multiple of it in the text.</summary>
    private const int BlockLength = MaskedLength / 2;

    /// <summary>A shorter value is not a secret, and would be found in every other word.</summary>
    private const int MinimumLength = 4;

    private readonly string[] _secrets;
    private readonly HashSet<int> _blocks = [];
    private readonly int _minimumLength = int.MaxValue;

    /// <summary>Creates a redactor.</summary>
    /// <param name="secrets">The values that must not be shown.</param>
    internal SecretRedactor(params string?[] secrets)
    {
        _secrets = [.. secrets.OfType<string>().Where(static s => s.Length >= MinimumLength).Select(static s => s.Replace(' ', '+')).Distinct(StringComparer.Ordinal)];
        foreach (var secret in _secrets)
        {
            _minimumLength = Math.Min(_minimumLength, Math.Min(secret.Length, MaskedLength));
            for (var i = 0; i + BlockLength <= secret.Length; i++)
            {
                _blocks.Add(Hash(secret.AsSpan(i, BlockLength)));
            }
        }
    }

    /// <summary>Masks every secret, and every part of one that is long enough to be useful.</summary>
    /// <param name="text">The text; null stays null.</param>
    /// <returns>The same text if it contains none.</returns>
    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(text))]
    internal string? Redact(string? text) =>
        text is null || text.Length < _minimumLength || !MayHoldSecret(text) ? text : Mark(text);

    private string Mark(string text)
    {
        var plain = Decoded.From(text).Decode().Decode();
        var shown = new StringBuilder(text.Length);
        for (var at = 0; at < plain.Characters.Length;)
        {
            var length = SecretLength(plain, at);
            shown.Append(length > 0 ? Mask : text[plain.Starts[at]..plain.Starts[at + 1]]);
            at += Math.Max(length, 1);
        }

        return shown.ToString();
    }

    /// <summary>Checks every fourth position only, so that an ordinary response costs next to nothing.</summary>
    private bool MayHoldSecret(string text)
    {
        if (text.AsSpan().IndexOf('%') >= 0)
        {
            return true;
        }

        for (var i = 0; i + BlockLength <= text.Length; i += BlockLength)
        {
            if (_blocks.Contains(Hash(text.AsSpan(i, BlockLength))))
            {
                return true;
            }
        }

        // A secret may be too short to be sure to contain such a block.
        foreach (var secret in _secrets)
        {
            if (secret.Length < MaskedLength && text.Contains(secret))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>How many characters at a position of the text belong to a secret; 0 if they may be shown.</summary>
    private int SecretLength(Decoded text, int at)
    {
        var longest = 0;
        foreach (var secret in _secrets)
        {
            for (var start = secret.IndexOf(text.Characters[at]); start >= 0; start = secret.IndexOf(text.Characters[at], start + 1))
            {
                var length = 1;
                while (at + length < text.Characters.Length && start + length < secret.Length && text.Characters[at + length] == secret[start + length])
                {
                    length++;
                }

                // Counted as written: eight characters of an encoded secret are fewer of the secret itself.
                var isPart = length == secret.Length || text.Starts[at + length] - text.Starts[at] >= MaskedLength;
                longest = isPart ? Math.Max(longest, length) : longest;
            }
        }

        return longest;
    }

    private static int Hash(ReadOnlySpan<char> block)
    {
        var hash = 17;
        foreach (var c in block)
        {
            hash = unchecked((hash * 31) + (c == ' ' ? '+' : c));
        }

        return hash;
    }

    /// <summary>A text, and where each of its characters begins in the text it was decoded from.</summary>
    private sealed class Decoded(char[] characters, int[] starts)
    {
        internal char[] Characters { get; } = characters;

        /// <summary>One more than there are characters: the last one is the end.</summary>
        internal int[] Starts { get; } = starts;

        /// <summary>A form encodes a blank as a plus sign, so both count as one.</summary>
        internal static Decoded From(string text) =>
            new(text.Replace(' ', '+').ToCharArray(), [.. Enumerable.Range(0, text.Length + 1)]);

        internal Decoded Decode()
        {
            if (Array.IndexOf(Characters, '%') < 0)
            {
                return this;
            }

            var decoded = new List<char>(Characters.Length);
            var places = new List<int>(Starts.Length);
            for (var i = 0; i < Characters.Length; i++)
            {
                places.Add(Starts[i]);
                if (Characters[i] == '%' && i + 2 < Characters.Length
                    && byte.TryParse(new string(Characters, i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
                {
                    decoded.Add((char)value == ' ' ? '+' : (char)value);
                    i += 2;
                }
                else
                {
                    decoded.Add(Characters[i]);
                }
            }

            places.Add(Starts[Characters.Length]);
            return new Decoded([.. decoded], [.. places]);
        }
    }
}
