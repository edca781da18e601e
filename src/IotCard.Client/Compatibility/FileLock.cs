using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace IotCard.Client.Compatibility;

/// <summary>
/// Keeps a second writer away from an open file, and no reader. .NET's own lock on Unix cannot do both: with it a file
/// is shared with every other .NET program, or with none, readers included. On Windows sharing modes do it, and this
/// does nothing.
/// </summary>
internal static class FileLock
{
    private const int OpenFileDescriptionLock = 37;
    private const byte Unlock = 2;
    private const int TryLock = 2;
    private const int TryAgain = 11;
    private const int TryAgainOnMac = 35;
    private const int AccessDenied = 13;

    // struct flock of 64-bit Linux: type (F_WRLCK = 1) and whence, start and length (0 is the whole file), process.
    private static readonly byte[] WholeFile = [1, 0, .. new byte[30]];

    /// <summary>Takes the lock; it goes with the handle at the latest.</summary>
    /// <returns>False where another writer holds it. A file system that knows no locks cannot tell.</returns>
    internal static bool TryTake(SafeFileHandle handle)
    {
        if (OperatingSystem.IsWindows())
        {
            return true;
        }

        try
        {
            var descriptor = (int)handle.DangerousGetHandle();
            var result = RuntimeInformation.IsOSPlatform(OSPlatform.Linux)
                ? fcntl(descriptor, OpenFileDescriptionLock, [.. WholeFile])
                : lockf(descriptor, TryLock, 0);
            return result == 0 || Marshal.GetLastWin32Error() is not (TryAgain or TryAgainOnMac or AccessDenied);
        }
        catch (Exception failure) when (failure is EntryPointNotFoundException or DllNotFoundException)
        {
            return true;
        }
    }

    /// <summary>
    /// Gives the lock back. Closing the handle is not enough: a process that is just being started has inherited it, and
    /// keeps the lock for a moment.
    /// </summary>
    internal static void Release(SafeFileHandle handle)
    {
        if (!RuntimeInformation.IsOSPlatform(OSPlatform.Linux))
        {
            return;
        }

        try
        {
            byte[] unlock = [.. WholeFile];
            unlock[0] = Unlock;
            _ = fcntl((int)handle.DangerousGetHandle(), OpenFileDescriptionLock, unlock);
        }
        catch (Exception failure) when (failure is EntryPointNotFoundException or DllNotFoundException)
        {
            // Then there was none to take.
        }
    }

#pragma warning disable SYSLIB1054 // The generator needs unsafe code and does not exist for netstandard2.0.
    [DllImport("libc", SetLastError = true)]
    private static extern int fcntl(int descriptor, int command, byte[] @lock);

    [DllImport("libc", SetLastError = true)]
    private static extern int lockf(int descriptor, int command, nint length);
#pragma warning restore SYSLIB1054
}
