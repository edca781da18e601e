using Microsoft.Win32.SafeHandles;

namespace IotCard.Client.Platform;

/// <summary>
/// Opens a file for reading, and refuses what is no regular file: reading from a pipe or a device may never end. A link
/// is followed.
/// </summary>
internal static class RegularFile
{
    private const FileShare Everything = FileShare.ReadWrite | FileShare.Delete;

    /// <exception cref="NotRegularFileException">It is a folder, a pipe, a device, a socket or an alternate stream.</exception>
    /// <exception cref="IOException">It is not there, or cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read it.</exception>
    internal static FileStream OpenToRead(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            return OpenOnUnix(path);
        }

        WindowsPath.RefuseStream(path);
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, Everything, bufferSize: 1);
        if (FileStatus.FromHandle(stream.SafeFileHandle) is { IsRegular: false })
        {
            stream.Dispose();
            throw new NotRegularFileException(path);
        }

        return stream;
    }

    /// <summary>.NET's own way to open a file would wait for the other end of a pipe.</summary>
    private static FileStream OpenOnUnix(string path)
    {
        const int ReadOnly = 0;
        var descriptor = LibC.Retry(() => LibC.open(LibC.Path(path), ReadOnly | UnixFlags.CloseOnExec | UnixFlags.NonBlocking | UnixFlags.NoTerminal));
        if (descriptor < 0)
        {
            throw -descriptor switch
            {
                LibC.NoEntry => new FileNotFoundException(LibC.Failure(-descriptor, path).Message, path),
                LibC.NotFolder => new DirectoryNotFoundException(LibC.Failure(-descriptor, path).Message),
                LibC.AccessDenied => new UnauthorizedAccessException(LibC.Failure(-descriptor, path).Message),
                LibC.NoDevice => new NotRegularFileException(path),
                _ => LibC.Failure(-descriptor, path),
            };
        }

        var handle = new SafeFileHandle((nint)descriptor, ownsHandle: true);
        try
        {
            // A stream refuses a folder, and asks a pipe for its position.
            return FileStatus.FromHandle(handle) is { IsRegular: false } ? throw new NotRegularFileException(path) : new FileStream(handle, FileAccess.Read, bufferSize: 1);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }
}
