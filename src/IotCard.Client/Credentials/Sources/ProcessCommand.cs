using System.Text;

namespace IotCard.Client.Credentials.Sources;

/// <summary>
/// Splits a <c>process_command</c> as the official libraries do: at blanks outside quotes; on Unix with a shell's
/// escapes, on Windows with backslashes kept except before a double quote within double quotes.
/// </summary>
internal static class ProcessCommand
{
    /// <returns>The program and its arguments; null if there is none, or if a quote or an escape is not closed.</returns>
    internal static IReadOnlyList<string>? Split(string? command, bool windows)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var text = command?.Trim() ?? "";
        var begun = false;
        var quote = '\0';
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\\' && quote != '\'' && IsEscape(text, i, quote, windows))
            {
                if (++i == text.Length)
                {
                    return null;
                }

                // A backslash at the end of a line continues it.
                if (windows || text[i] != '\n')
                {
                    word.Append(text[i]);
                    begun = true;
                }
            }
            else if (quote != '\0' && c == quote)
            {
                quote = '\0';
            }
            else if (quote == '\0' && c is '"' or '\'')
            {
                quote = c;
                begun = true;
            }
            else if (quote == '\0' && char.IsWhiteSpace(c))
            {
                Flush();
            }
            else
            {
                word.Append(c);
                begun = true;
            }
        }

        Flush();
        return quote == '\0' && words is [{ Length: > 0 }, ..] ? words : null;

        void Flush()
        {
            if (begun)
            {
                words.Add(word.ToString());
                word.Clear();
                begun = false;
            }
        }
    }

    private static bool IsEscape(string text, int at, char quote, bool windows)
    {
        var next = at + 1 < text.Length ? text[at + 1] : '\0';
        return windows
            ? quote == '"' && next == '"'
            : quote == '\0' || next is '"' or '\\' or '$' or '`' or '\n';
    }
}
