namespace IotCard.Client.Credentials.Policy;

/// <summary>One rule of a safety policy: what to do about the actions that a pattern names.</summary>
/// <param name="Pattern">
/// Compared with <c>product:Action</c>, the product in lower case: <c>*</c> stands for any characters, everything else
/// for itself, whatever its case. It has to match as a whole.
/// </param>
/// <param name="Verdict">What to do.</param>
internal sealed record SafetyRule(string Pattern, SafetyVerdict Verdict)
{
    /// <summary>The verdict of a rule's <c>action</c>, as the vendor's command line writes it; null if it is none.</summary>
    internal static SafetyVerdict? ReadVerdict(string? action) => action?.Trim().ToUpperInvariant() switch
    {
        null or "" or "ALLOW" => SafetyVerdict.Allow,
        "CONFIRM" or "FORBID" => SafetyVerdict.Confirm,
        "DENY" => SafetyVerdict.Deny,
        _ => null,
    };

    internal bool Matches(string action)
    {
        var parts = Pattern.Split('*');
        if (parts.Length == 1)
        {
            return string.Equals(Pattern, action, StringComparison.OrdinalIgnoreCase);
        }

        var last = parts[^1];
        if (action.Length < parts[0].Length + last.Length
            || !action.StartsWith(parts[0], StringComparison.OrdinalIgnoreCase)
            || !action.EndsWith(last, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        // The first place for each part leaves most for the ones after it.
        var (at, end) = (parts[0].Length, action.Length - last.Length);
        foreach (var part in parts.Skip(1).Take(parts.Length - 2))
        {
            var found = action.IndexOf(part, at, end - at, StringComparison.OrdinalIgnoreCase);
            if (found < 0)
            {
                return false;
            }

            at = found + part.Length;
        }

        return true;
    }
}
