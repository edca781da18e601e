using System.Runtime.InteropServices;
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
    private const int BlockLength = sizeof(ulong) / sizeof(char);

    /// <summary>A gateway echoes what was signed, which HMAC-SHA1 encodes twice.</summary>
    private const int MaximumEncodings = 2;

    /// <summary>A shorter value is not a secret, and would be found in every other word.</summary>
    private const int MinimumLength = 4;

    private readonly string[] _secrets;
    private readonly HashSet<ulong> _blocks = [];
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
                _blocks.Add(BlocksOf(secret.AsSpan(i))[0]);
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
        // From every position anew: what looks like an escape may be part of a secret, or a percent sign before one.
        var isSecret = new bool[text.Length];
        for (var i = 0; i < text.Length; i++)
        {
            isSecret.AsSpan(i, SecretLength(text, i)).Fill(true);
        }

        var shown = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (!isSecret[i])
            {
                shown.Append(text[i]);
            }
            else if (i == 0 || !isSecret[i - 1])
            {
                shown.Append(Mask);
            }
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

        text = text.Replace(' ', '+');
        foreach (var block in BlocksOf(text.AsSpan()))
        {
            if (_blocks.Contains(block))
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

    /// <summary>How many characters at a position of the text belong to a secret, in whichever encoding; 0 if they may be shown.</summary>
    private int SecretLength(string text, int at)
    {
        var longest = 0;
        for (var encodings = 0; encodings <= MaximumEncodings; encodings++)
        {
            var first = Read(text, at, encodings).Character;
            foreach (var secret in _secrets)
            {
                for (var start = secret.IndexOf(first); start >= 0; start = secret.IndexOf(first, start + 1))
                {
                    longest = Math.Max(longest, PartLengthAt(text, at, encodings, secret, start));
                }
            }
        }

        return longest;
    }

    /// <summary>How long the part of a secret from one of its characters on is in the text; 0 if it is too short to matter.</summary>
    private static int PartLengthAt(string text, int at, int encodings, string secret, int start)
    {
        var (place, next) = (start, at);
        while (next < text.Length && place < secret.Length && Read(text, next, encodings) is var read && read.Character == secret[place])
        {
            next = read.End;
            place++;
        }

        // Counted as written: eight characters of an encoded secret are fewer of the secret itself.
        return place - start == secret.Length || next - at >= MaskedLength ? next - at : 0;
    }

    /// <summary>Reads one character of a text that was percent-encoded so many times. A form encodes a blank as a plus sign, so both count as one.</summary>
    private static (char Character, int End) Read(string text, int at, int encodings)
    {
        if (encodings == 0 || at >= text.Length)
        {
            return at < text.Length ? (Normal(text[at]), at + 1) : ('\0', at);
        }

        var mark = Read(text, at, encodings - 1);
        if (mark.Character != '%')
        {
            return mark;
        }

        var high = Read(text, mark.End, encodings - 1);
        var low = Read(text, high.End, encodings - 1);
        return HexValue(high.Character) is { } upper && HexValue(low.Character) is { } lower
            ? (Normal((char)((upper * 16) + lower)), low.End)
            : mark;
    }

    private static char Normal(char c) => c == ' ' ? '+' : c;

    private static int? HexValue(char c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'a' and <= 'f' => c - 'a' + 10,
        >= 'A' and <= 'F' => c - 'A' + 10,
        _ => null,
    };

    /// <summary>A text cut into blocks of <see cref="BlockLength"/> characters, without a shorter one at its end.</summary>
    private static ReadOnlySpan<ulong> BlocksOf(ReadOnlySpan<char> text) => MemoryMarshal.Cast<char, ulong>(text);
}
