using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace IotCard.Client.Platform;

/// <summary>
/// The calls of the C library on Linux and macOS. None takes a variable argument, which .NET cannot pass on macOS for
/// ARM, except those of Linux alone.
/// </summary>
internal static class LibC
{
    internal const int NoEntry = 2;
    internal const int Interrupted = 4;
    internal const int NoDevice = 6;
    internal const int TryAgain = 11;
    internal const int AccessDenied = 13;
    internal const int NotFolder = 20;
    internal const int Invalid = 22;
    internal const int NoTerminal = 25;
    internal const int TryAgainOnMac = 35;
    internal const int NotSupportedOnMac = 45;
    internal const int NotSupported = 95;
    internal const int OperationNotSupportedOnMac = 102;

    /// <summary>The path as the system takes it: UTF-8 with a zero at its end.</summary>
    internal static byte[] Path(string path) => Encoding.UTF8.GetBytes(path + '\0');

    /// <summary>An error that <c>errno</c> describes, whose <see cref="Exception.HResult"/> it is, as in .NET's own errors on Unix.</summary>
    internal static IOException Failure(int error, string path) =>
        new($"{new Win32Exception(error).Message} : '{path}'", error);

    /// <summary>Repeats a call for as long as a signal interrupts it.</summary>
    /// <returns>0 or more if it succeeded; else the negative error.</returns>
    internal static int Retry(Func<int> call)
    {
        while (true)
        {
            var result = call();
            if (result >= 0)
            {
                return result;
            }

            var error = Marshal.GetLastWin32Error();
            if (error != Interrupted)
            {
                return -error;
            }
        }
    }

#pragma warning disable SYSLIB1054 // The generator needs unsafe code and does not exist for netstandard2.0.
    [DllImport("libc", SetLastError = true)]
    internal static extern int fsync(SafeFileHandle file);

    [DllImport("libc", SetLastError = true)]
    internal static extern int fcntl(SafeFileHandle file, int command);

    /// <summary>Linux only.</summary>
    [DllImport("libc", SetLastError = true)]
    internal static extern int fcntl(SafeFileHandle file, int command, byte[] @lock);

    [DllImport("libc", SetLastError = true)]
    internal static extern int lockf(SafeFileHandle file, int command, nint length);

    [DllImport("libc", SetLastError = true)]
    internal static extern int open(byte[] path, int flags);

    [DllImport("libc", SetLastError = true)]
    internal static extern int mkdir(byte[] path, uint mode);

    [DllImport("libc", SetLastError = true)]
    internal static extern int chmod(byte[] path, uint mode);

    [DllImport("libc", SetLastError = true)]
    internal static extern nint readlink(byte[] path, [Out] byte[] target, nint length);

    [DllImport("libc")]
    internal static extern uint geteuid();

    /// <summary>Linux only.</summary>
    [DllImport("libc", SetLastError = true)]
    internal static extern int statx(int folder, byte[] path, int flags, uint mask, [Out] byte[] status);

    /// <summary>Linux only.</summary>
    [DllImport("libc", SetLastError = true)]
    internal static extern int statx(SafeFileHandle file, byte[] path, int flags, uint mask, [Out] byte[] status);

    [DllImport("libc", SetLastError = true)]
    internal static extern int fstat(SafeFileHandle file, [Out] byte[] status);

    [DllImport("libc", SetLastError = true)]
    internal static extern int lstat(byte[] path, [Out] byte[] status);

    /// <summary>macOS for Intel only, where the plain name is an older layout's.</summary>
    [DllImport("libc", EntryPoint = "fstat$INODE64", SetLastError = true)]
    internal static extern int fstat64(SafeFileHandle file, [Out] byte[] status);

    /// <summary>macOS for Intel only, where the plain name is an older layout's.</summary>
    [DllImport("libc", EntryPoint = "lstat$INODE64", SetLastError = true)]
    internal static extern int lstat64(byte[] path, [Out] byte[] status);
#pragma warning restore SYSLIB1054
}
