#if NET
using System.Runtime.InteropServices;
using System.Text;
#endif

namespace IotCard.Client.Platform;

/// <summary>
/// Finds out from a file's Unix mode and owner what other users of the machine may do with it. On Windows nothing is
/// checked: the access list of the home folder keeps others out, and there is no mode.
/// </summary>
internal static class FilePermissions
{
#if NET
    private const UnixFileMode Read = UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Write = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
#endif

    /// <summary>Whether the file's group or everyone may read it. False if that is unknown.</summary>
    internal static bool IsReadableByOthers(string path)
    {
#if NET
        // A link's own mode always lets everyone read; the mode of its target counts.
        return !OperatingSystem.IsWindows() && ModeOf(Resolve(path)) is { } mode && (mode & Read) != UnixFileMode.None;
#else
        return false;
#endif
    }

    /// <summary>
    /// Finds what lets another user change a file: the file itself or a folder above it that its group or everyone may
    /// write, or that belongs to neither this user nor root. Null if there is nothing, or if it is unknown.
    /// </summary>
    internal static string? FindWritableByOthers(string path)
    {
#if NET
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        var file = Resolve(path);
        string?[] places = [file, Path.GetDirectoryName(file), Path.GetDirectoryName(Path.GetFullPath(path))];
        foreach (var place in places)
        {
            if (place is not null && IsOpen(place))
            {
                return place;
            }
        }

        return null;
#else
        return null;
#endif
    }

#if NET
    /// <summary>Whether others may write to a file or folder. A folder's sticky bit keeps them from replacing what is not theirs.</summary>
    internal static bool IsOpen(UnixFileMode mode, uint owner, uint user) =>
        ((mode & Write) != UnixFileMode.None && (mode & UnixFileMode.StickyBit) == UnixFileMode.None) || (owner != user && owner != 0);

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static bool IsOpen(string place) =>
        ModeOf(place) is { } mode && IsOpen(mode, OwnerOf(place) ?? 0, NativeMethods.User() ?? 0);

    private static string Resolve(string path)
    {
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Path.GetFullPath(path);
        }
    }

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static UnixFileMode? ModeOf(string path)
    {
        try
        {
            return File.GetUnixFileMode(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static uint? OwnerOf(string path) => NativeMethods.Owner(path);

    /// <summary>
    /// .NET exposes a file's mode but not its owner; its own native library does. If that library changes its layout,
    /// the owner is unknown and the mode alone decides.
    /// </summary>
    private static class NativeMethods
    {
        private const string Library = "libSystem.Native";

        internal static uint? Owner(string path)
        {
            try
            {
                return Stat(Encoding.UTF8.GetBytes(path + "\0"), out var status) == 0 ? status.Owner : null;
            }
            catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
            {
                return null;
            }
        }

        internal static uint? User()
        {
            try
            {
                return GetEUid();
            }
            catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
            {
                return null;
            }
        }

#pragma warning disable SYSLIB1054 // The generated marshalling needs unsafe code.
        [DllImport(Library, EntryPoint = "SystemNative_Stat")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        private static extern int Stat(byte[] path, out FileStatus status);

        [DllImport(Library, EntryPoint = "SystemNative_GetEUid")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        private static extern uint GetEUid();
#pragma warning restore SYSLIB1054

        /// <summary>Larger than the library's own structure, of which only the beginning is declared.</summary>
        [StructLayout(LayoutKind.Explicit, Size = 512)]
        private struct FileStatus
        {
            [FieldOffset(8)]
            internal uint Owner;
        }
    }
#endif
}
