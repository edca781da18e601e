namespace IotCard.Client.Journaling;

/// <summary>
/// A part of a damaged line that was never written: blanks or zeros that reach to the end of a disk's sector, where pages
/// that were written go on.
/// </summary>
internal static class Hole
{
    private const int SectorLength = 512;

    /// <summary>Whether a damaged line has one.</summary>
    internal static bool IsIn(in RawLine line) => line is { HasLineFeed: true, IsTooLong: false } && EndOf(line) > 0;

    /// <summary>What follows the last hole of a line; a whole line may begin there.</summary>
    internal static ReadOnlySpan<byte> TextAfter(in RawLine line) => IsIn(line) ? line.Text[EndOf(line)..] : default;

    /// <summary>Where the last hole ends in the text; 0 if there is none. What is written has no blanks but in texts.</summary>
    private static int EndOf(in RawLine line)
    {
        for (var end = line.Text.Length; end > 0; end--)
        {
            if ((line.Offset + end) % SectorLength == 0 && line.Text[end - 1] is (byte)' ' or 0)
            {
                return end;
            }
        }

        return 0;
    }
}
