using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace IotCard.Client.Compatibility;

/// <summary>What the system knows of a file beyond what .NET exposes: which file it is, whatever its name, and who may write it.</summary>
/// <param name="Identity">Equal for two handles or paths only if they lead to the same file; null if the system does not provide it.</param>
/// <param name="IsRegular">Whether it is a regular file, not a link, folder, pipe or device.</param>
/// <param name="Length">The length in bytes.</param>
/// <param name="IsWritableByOthers">Whether its Unix mode lets its group or everyone write; false on Windows.</param>
internal readonly record struct FileStatus(string? Identity, bool IsRegular, long Length, bool IsWritableByOthers)
{
    private const int TypeMask = 0xF000;
    private const int RegularType = 0x8000;
    private const int OthersWriteMask = 0x12;

    /// <summary>Gets the status of a path without following a link at its end.</summary>
    /// <returns>Null if nothing is there.</returns>
    internal static FileStatus? FromPath(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            return Native.TryGet(Encoding.UTF8.GetBytes(path + '\0'), descriptor: -1, out var status) switch
            {
                0 => status,
                Native.NotSupported => Fallback(path),
                Native.NoEntry or Native.NoFolder => null,
                var error => throw new IOException($"{path}: error {error}"),
            };
        }

        var found = Fallback(path);
        if (found is not { IsRegular: true } regular)
        {
            return found;
        }

        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
            return FromHandle(stream.SafeFileHandle) ?? regular;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return regular;
        }
    }

    /// <summary>Gets the status of an open file.</summary>
    /// <returns>Null if the system does not provide it.</returns>
    internal static FileStatus? FromHandle(SafeFileHandle handle)
    {
        if (OperatingSystem.IsWindows())
        {
            return Native.TryGetOnWindows(handle, out var onWindows) ? onWindows : null;
        }

        return Native.TryGet([0], (int)handle.DangerousGetHandle(), out var status) == 0 ? status : null;
    }

    private static FileStatus? Fallback(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists && !Directory.Exists(path))
        {
            return null;
        }

        const FileAttributes Others = FileAttributes.Directory | FileAttributes.Device | FileAttributes.ReparsePoint;
        var isRegular = (file.Attributes & Others) == default;
        return new FileStatus(null, isRegular, isRegular ? file.Length : 0, IsWritableByOthers: false);
    }

    private static FileStatus Create(ulong device, ulong inode, int mode, long length) => new(
        $"{device:x}:{inode:x}", (mode & TypeMask) == RegularType, length, (mode & OthersWriteMask) != 0);

    /// <summary>System calls. If one is missing, the checks that depend on it are skipped.</summary>
    private static class Native
    {
        internal const int NoEntry = 2;
        internal const int NoFolder = 20;
        internal const int NotSupported = -1;

        private const int StatxNoFollow = 0x100;
        private const int StatxEmptyPath = 0x1000;
        private const uint StatxBasicStats = 0x7FF;
        private const int BufferLength = 256;

        [ThreadStatic]
        private static byte[]? _buffer;

        internal static int TryGet(byte[] path, int descriptor, out FileStatus status)
        {
            var buffer = _buffer ??= new byte[BufferLength];
            status = default;
            try
            {
                if (RuntimeInformation.IsOSPlatform(OSPlatform.Linux))
                {
                    if (statx(descriptor, path, descriptor < 0 ? StatxNoFollow : StatxEmptyPath, StatxBasicStats, buffer) != 0)
                    {
                        return Marshal.GetLastWin32Error();
                    }

                    // struct statx has the same layout on every architecture.
                    var device = ((ulong)BitConverter.ToUInt32(buffer, 136) << 32) | BitConverter.ToUInt32(buffer, 140);
                    status = Create(device, BitConverter.ToUInt64(buffer, 32), BitConverter.ToUInt16(buffer, 28), BitConverter.ToInt64(buffer, 40));
                    return 0;
                }

                if (RuntimeInformation.IsOSPlatform(OSPlatform.OSX))
                {
                    var isIntel = RuntimeInformation.ProcessArchitecture == Architecture.X64;
                    var result = descriptor >= 0
                        ? isIntel ? fstat64(descriptor, buffer) : fstat(descriptor, buffer)
                        : isIntel ? lstat64(path, buffer) : lstat(path, buffer);
                    if (result != 0)
                    {
                        return Marshal.GetLastWin32Error();
                    }

                    status = Create(BitConverter.ToUInt32(buffer, 0), BitConverter.ToUInt64(buffer, 8), BitConverter.ToUInt16(buffer, 4), BitConverter.ToInt64(buffer, 96));
                    return 0;
                }
            }
            catch (Exception failure) when (failure is EntryPointNotFoundException or DllNotFoundException)
            {
                // Falls through.
            }

            return NotSupported;
        }

        internal static bool TryGetOnWindows(SafeFileHandle handle, out FileStatus status)
        {
            var buffer = new byte[BufferLength];
            status = default;
            if (!GetFileInformationByHandle(handle, buffer))
            {
                return false;
            }

            var index = ((ulong)BitConverter.ToUInt32(buffer, 44) << 32) | BitConverter.ToUInt32(buffer, 48);
            var length = ((long)BitConverter.ToUInt32(buffer, 32) << 32) | BitConverter.ToUInt32(buffer, 36);
            status = Create(BitConverter.ToUInt32(buffer, 28), index, RegularType, length);
            return true;
        }

#pragma warning disable SYSLIB1054 // The generator needs unsafe code and does not exist for netstandard2.0.
        [DllImport("libc", SetLastError = true)]
        private static extern int statx(int folder, byte[] path, int flags, uint mask, [Out] byte[] status);

        [DllImport("libc", SetLastError = true)]
        private static extern int fstat(int descriptor, [Out] byte[] status);

        [DllImport("libc", SetLastError = true)]
        private static extern int lstat(byte[] path, [Out] byte[] status);

        [DllImport("libc", EntryPoint = "fstat$INODE64", SetLastError = true)]
        private static extern int fstat64(int descriptor, [Out] byte[] status);

        [DllImport("libc", EntryPoint = "lstat$INODE64", SetLastError = true)]
        private static extern int lstat64(byte[] path, [Out] byte[] status);

        [DllImport("kernel32", SetLastError = true)]
        private static extern bool GetFileInformationByHandle(SafeFileHandle file, [Out] byte[] information);
#pragma warning restore SYSLIB1054
    }
}
