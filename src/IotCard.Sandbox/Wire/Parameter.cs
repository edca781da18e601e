namespace IotCard.Sandbox.Wire;

/// <summary>A decoded query or form parameter.</summary>
internal readonly record struct Parameter(string Name, string Value)
{
    /// <summary>Parses <c>a=1&amp;b=2</c>, percent-decoded, with plus signs as blanks, in the given order.</summary>
    public static List<Parameter> Parse(string encoded)
    {
        var parameters = new List<Parameter>();
        var text = encoded.AsSpan();
        foreach (var range in text.Split('&'))
        {
            var pair = text[range];
            if (pair.IsEmpty)
            {
                continue;
            }

            var equals = pair.IndexOf('=');
            parameters.Add(equals < 0
                ? new Parameter(Decode(pair), "")
                : new Parameter(Decode(pair[..equals]), Decode(pair[(equals + 1)..])));
        }

        return parameters;
    }

    private static string Decode(ReadOnlySpan<char> encoded)
    {
        if (encoded.IndexOfAny('%', '+') < 0)
        {
            return encoded.ToString();
        }

        return Uri.UnescapeDataString(encoded.Contains('+') ? encoded.ToString().Replace('+', ' ') : encoded.ToString());
    }
}
