using IotCard.Client.Platform;

namespace IotCard.Client.Journaling;

/// <summary>A journal's file as the disk provides it. It is handed in, so that every failure of a disk is a plain test.</summary>
internal interface IDiskFile : IDisposable
{
    string Path { get; }

    /// <summary>Which file it is, whatever its name; null if the system does not provide it.</summary>
    string? Identity { get; }

    /// <summary>Whether somebody else could have written it, or could exchange it.</summary>
    FileTrust Trust { get; }

    /// <summary>Its length in bytes.</summary>
    long Length { get; set; }

    /// <summary>Reads bytes at an offset.</summary>
    /// <returns>How many; 0 at the end of the file.</returns>
    int Read(long offset, byte[] buffer, int start, int count);

    /// <summary>Hands bytes to the system, which writes them to the disk when it likes.</summary>
    /// <exception cref="IOException">Some of them may have been written.</exception>
    void Write(long offset, byte[] bytes);

    /// <summary>Forces what was written to the disk.</summary>
    /// <exception cref="IOException">It is not known what of it is there, and a later flush will not tell.</exception>
    void Flush();

    /// <summary>Whether its path still leads to it, it is as long as expected, and no other writer has it.</summary>
    /// <exception cref="JournalException">It was deleted, replaced or truncated, or another run has it.</exception>
    void RequireUntouched(long expectedLength);

    /// <summary>Closes it and deletes it, if its path still leads to it.</summary>
    void Delete();
}
