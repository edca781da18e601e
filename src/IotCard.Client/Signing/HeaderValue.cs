namespace IotCard.Client.Signing;

/// <summary>Decides what may be put into a request's header.</summary>
internal static class HeaderValue
{
    /// <summary>Finds the first character that is invalid in a key or token: they consist of printable ASCII without blanks.</summary>
    /// <returns>Its position; negative if there is none.</returns>
    internal static int FindFault(string text) => Find(text, '!');

    /// <summary>Whether a header's value is printable ASCII, including blanks, so that it cannot start another header.</summary>
    internal static bool IsSafe(string text) => Find(text, ' ') < 0;

    private static int Find(string text, char lowest) => text.AsSpan().IndexOfAnyExceptInRange(lowest, '~');
}
