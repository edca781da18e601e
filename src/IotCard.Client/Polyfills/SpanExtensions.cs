#if !NET
namespace IotCard.Client.Polyfills;

/// <summary>Searches that netstandard2.0 lacks.</summary>
internal static class SpanExtensions
{
    /// <summary>Finds the first character outside a range; -1 if there is none.</summary>
    internal static int IndexOfAnyExceptInRange(this ReadOnlySpan<char> text, char lowest, char highest)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] < lowest || text[i] > highest)
            {
                return i;
            }
        }

        return -1;
    }
}
#endif
