using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace IotCard.Client.Platform;

/// <summary>Reads what <c>stat</c> knows, on Linux and macOS.</summary>
internal static class UnixStatus
{
    /// <summary>The system has no such call.</summary>
    internal const int Unavailable = -1;

    private const int NoFollow = 0x100;
    private const int EmptyPath = 0x1000;
    private const int CurrentFolder = -100;
    private const uint BasicStats = 0x7FF;
    private const int BufferLength = 256;

    [ThreadStatic]
    private static byte[]? _buffer;

    /// <param name="path">The path, if there is no handle; a link at its end is not followed.</param>
    /// <param name="handle">The open file; null for the path.</param>
    /// <param name="status">The status.</param>
    /// <returns>0; else <c>errno</c>, or <see cref="Unavailable"/>.</returns>
    internal static int TryGet(byte[] path, SafeFileHandle? handle, out FileStatus status)
    {
        var buffer = _buffer ??= new byte[BufferLength];
        status = default;
        try
        {
            if (OperatingSystem.IsLinux())
            {
                var result = handle is null
                    ? LibC.statx(CurrentFolder, path, NoFollow, BasicStats, buffer)
                    : LibC.statx(handle, path, EmptyPath, BasicStats, buffer);
                if (result != 0)
                {
                    return Marshal.GetLastWin32Error();
                }

                // struct statx has the same layout on every architecture.
                status = FileStatus.FromUnix(
                    device: ((ulong)BitConverter.ToUInt32(buffer, 136) << 32) | BitConverter.ToUInt32(buffer, 140),
                    inode: BitConverter.ToUInt64(buffer, 32),
                    mode: BitConverter.ToUInt16(buffer, 28),
                    owner: BitConverter.ToUInt32(buffer, 20),
                    group: BitConverter.ToUInt32(buffer, 24),
                    length: BitConverter.ToInt64(buffer, 40));
                return 0;
            }

            if (OperatingSystem.IsMacOS())
            {
                var isIntel = RuntimeInformation.ProcessArchitecture == Architecture.X64;
                var result = handle is not null
                    ? isIntel ? LibC.fstat64(handle, buffer) : LibC.fstat(handle, buffer)
                    : isIntel ? LibC.lstat64(path, buffer) : LibC.lstat(path, buffer);
                if (result != 0)
                {
                    return Marshal.GetLastWin32Error();
                }

                status = FileStatus.FromUnix(
                    device: BitConverter.ToUInt32(buffer, 0),
                    inode: BitConverter.ToUInt64(buffer, 8),
                    mode: BitConverter.ToUInt16(buffer, 4),
                    owner: BitConverter.ToUInt32(buffer, 16),
                    group: BitConverter.ToUInt32(buffer, 20),
                    length: BitConverter.ToInt64(buffer, 96));
                return 0;
            }
        }
        catch (Exception failure) when (failure is EntryPointNotFoundException or DllNotFoundException)
        {
            // Falls through.
        }

        return Unavailable;
    }
}
