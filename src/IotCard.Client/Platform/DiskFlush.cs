using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace IotCard.Client.Platform;

/// <summary>
/// Forces a file or a folder to the disk, and fails if that fails: <c>FileStream.Flush(true)</c> and
/// <c>RandomAccess.FlushToDisk</c> ignore the result of the system call. After a failure the system may have dropped
/// what it could not write, and the next call may succeed all the same, so a failed flush is never repeated.
/// </summary>
internal static class DiskFlush
{
    private const int FullSync = 51;
    private const int ReadOnly = 0;

    /// <summary>Forces what was written to a file to the disk: fsync, F_FULLFSYNC on macOS, FlushFileBuffers on Windows.</summary>
    /// <param name="file">The open file. A stream's own buffer has to be flushed before.</param>
    /// <param name="path">The file's path, for the message.</param>
    /// <exception cref="IOException">The system call failed; <see cref="Exception.HResult"/> is <c>errno</c>, on Windows the HRESULT.</exception>
    internal static void Flush(SafeFileHandle file, string path)
    {
        if (OperatingSystem.IsWindows())
        {
            if (!Win32.FlushFileBuffers(file))
            {
                throw Win32.IOFailure(Marshal.GetLastWin32Error(), path);
            }

            return;
        }

        var result = OperatingSystem.IsMacOS() ? FlushOnMac(file) : LibC.Retry(() => LibC.fsync(file));
        if (result < 0)
        {
            throw LibC.Failure(-result, path);
        }
    }

    /// <summary>
    /// Forces a folder's entries to the disk, so that a file that was created in it is still there after a power cut.
    /// Windows does that by itself; a file system that has no such thing is left alone.
    /// </summary>
    /// <exception cref="IOException">The system call failed.</exception>
    internal static void FlushFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var descriptor = LibC.Retry(() => LibC.open(LibC.Path(path), ReadOnly | UnixFlags.CloseOnExec));
        if (descriptor == -LibC.AccessDenied)
        {
            // A folder in which this user may create files but that it may not list.
            return;
        }

        if (descriptor < 0)
        {
            throw LibC.Failure(-descriptor, path);
        }

        using var folder = new SafeFileHandle((nint)descriptor, ownsHandle: true);
        var result = LibC.Retry(() => LibC.fsync(folder));
        if (result < 0 && !IsUnsupported(-result))
        {
            throw LibC.Failure(-result, path);
        }
    }

    /// <summary>fsync on macOS only hands the data to the disk, which may keep it in its cache.</summary>
    private static int FlushOnMac(SafeFileHandle file)
    {
        var result = LibC.Retry(() => LibC.fcntl(file, FullSync));
        return result < 0 && IsUnsupported(-result) ? LibC.Retry(() => LibC.fsync(file)) : result;
    }

    private static bool IsUnsupported(int error) =>
        error is LibC.Invalid or LibC.NoTerminal
        || (OperatingSystem.IsMacOS()
            ? error is LibC.NotSupportedOnMac or LibC.OperationNotSupportedOnMac
            : error is LibC.NotSupported);
}
