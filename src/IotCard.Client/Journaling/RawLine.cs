namespace IotCard.Client.Journaling;

/// <summary>What a file has between two line feeds, whole or damaged.</summary>
internal readonly ref struct RawLine
{
    /// <summary>The bytes, without line feed, carriage return and byte order mark. At the end of the file, also without the blanks and zeros that follow.</summary>
    internal required ReadOnlySpan<byte> Text { get; init; }

    /// <summary>Where it begins in the file.</summary>
    internal required long Offset { get; init; }

    /// <summary>Its number, from 1, as an editor shows it.</summary>
    internal required int Number { get; init; }

    /// <summary>Whether a line feed ends it; only the last one may lack it.</summary>
    internal bool HasLineFeed { get; init; }

    /// <summary>Whether it is longer than any line of a journal; the text is then only its beginning.</summary>
    internal bool IsTooLong { get; init; }
}
