namespace IotCard.Client.Platform;

/// <summary>
/// Opens a file for its only writer, while anybody may read it. On Windows its sharing mode also keeps others from
/// deleting and replacing it.
/// </summary>
internal static class WriterFile
{
    /// <summary>How long a program that only reads may keep a file before that is an error. A virus scanner takes less than a second.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private static FileShare Share => OperatingSystem.IsWindows() ? FileShare.Read : FileShare.ReadWrite | FileShare.Delete;

    /// <summary>Creates a file that only its owner may use, and locks it.</summary>
    /// <exception cref="NotRegularFileException">The path names an alternate stream of a file on Windows.</exception>
    /// <exception cref="IOException">It exists already, or cannot be created.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder does not allow it.</exception>
    internal static FileStream Create(string path)
    {
        WindowsPath.RefuseStream(path);
        return Lock(PrivateFile.Create(path, Share), path);
    }

    /// <summary>Opens a file that exists, unbuffered, and locks it. Waits a moment for a program that only reads it.</summary>
    /// <exception cref="FileHeldException">Another writer has it, or a reader keeps it for longer than <see cref="Patience"/>.</exception>
    /// <exception cref="NotRegularFileException">The path names an alternate stream of a file on Windows.</exception>
    /// <exception cref="IOException">It is not there, or cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write it.</exception>
    internal static async Task<FileStream> OpenAsync(string path, TimeProvider clock, CancellationToken cancellationToken)
    {
        var start = clock.GetTimestamp();
        while (true)
        {
            try
            {
                return Open(path);
            }
            catch (FileHeldException held) when (held.Holder == FileHolder.OtherProgram && clock.GetElapsedTime(start) < Patience)
            {
                await clock.WaitAsync(Pause, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>The same without waiting.</summary>
    internal static FileStream Open(string path)
    {
        WindowsPath.RefuseStream(path);
        FileStream stream;
        try
        {
            stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, Share, bufferSize: 1);
        }
        catch (IOException failure) when (IsSharingViolation(failure))
        {
            throw new FileHeldException(path, FindHolder(path), failure);
        }

        return Lock(stream, path);
    }

    /// <summary>Whether it is a sharing violation: ERROR_SHARING_VIOLATION on Windows, EWOULDBLOCK on Linux and macOS.</summary>
    private static bool IsSharingViolation(IOException failure) =>
        failure.GetType() == typeof(IOException)
        && (failure.HResult & 0xFFFF) is Win32.SharingViolation or LibC.TryAgain or LibC.TryAgainOnMac;

    private static FileStream Lock(FileStream stream, string path)
    {
        if (FileLock.TryTake(stream.SafeFileHandle))
        {
            return stream;
        }

        stream.Dispose();
        throw new FileHeldException(path, FileHolder.Writer, cause: null);
    }

    /// <summary>
    /// A writer that lets others read keeps nobody from reading, as long as the reader puts up with a writer. On Unix only
    /// a program that shares the file with nobody keeps it from being opened.
    /// </summary>
    private static FileHolder FindHolder(string path) =>
        OperatingSystem.IsWindows() && CanRead(path, FileShare.ReadWrite | FileShare.Delete) && !CanRead(path, FileShare.Read | FileShare.Delete)
            ? FileHolder.Writer
            : FileHolder.OtherProgram;

    private static bool CanRead(string path, FileShare share)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, share, bufferSize: 1);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
