using Microsoft.Win32.SafeHandles;

namespace IotCard.Client.Platform;

/// <summary>
/// Locks out a second writer of an open file, but no reader. .NET's own lock on Unix cannot do that: it shares a file
/// either with every other .NET program or with none, readers included. On Windows, sharing modes do it and this class
/// does nothing.
/// </summary>
internal static class FileLock
{
    private const int OpenFileDescriptionLock = 37;
    private const byte Unlock = 2;
    private const int TryLock = 2;

    // struct flock of 64-bit Linux: type (F_WRLCK = 1) and whence, start and length (0 is the whole file), process.
    private static readonly byte[] WholeFile = [1, 0, .. new byte[30]];

    /// <summary>Takes the lock; closing the handle releases it at the latest.</summary>
    /// <returns>False if another writer holds it. True if the file system does not support locks.</returns>
    internal static bool TryTake(SafeFileHandle handle)
    {
        if (OperatingSystem.IsWindows())
        {
            return true;
        }

        try
        {
            var result = OperatingSystem.IsLinux()
                ? LibC.Retry(() => LibC.fcntl(handle, OpenFileDescriptionLock, (byte[])WholeFile.Clone()))
                : LibC.Retry(() => LibC.lockf(handle, TryLock, 0));
            return -result is not (LibC.TryAgain or LibC.TryAgainOnMac or LibC.AccessDenied);
        }
        catch (Exception failure) when (failure is EntryPointNotFoundException or DllNotFoundException)
        {
            return true;
        }
    }

    /// <summary>
    /// Releases the lock. Closing the handle is not enough: a process that is being started has inherited the handle
    /// and keeps the lock for a moment.
    /// </summary>
    internal static void Release(SafeFileHandle handle)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            var unlock = (byte[])WholeFile.Clone();
            unlock[0] = Unlock;
            _ = LibC.fcntl(handle, OpenFileDescriptionLock, unlock);
        }
        catch (Exception failure) when (failure is EntryPointNotFoundException or DllNotFoundException)
        {
            // There was no lock to take.
        }
    }
}
