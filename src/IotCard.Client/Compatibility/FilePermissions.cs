#if NET
using System.Runtime.InteropServices;
using System.Text;
#endif

namespace IotCard.Client.Compatibility;

/// <summary>
/// Tells what a file's Unix mode and owner let other users of the machine do. On Windows nothing: a home folder's access
/// list keeps others out, and there is no mode to look at.
/// </summary>
internal static class FilePermissions
{
#if NET
    private const UnixFileMode Read = UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Write = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
#endif

    /// <summary>Whether its group or everyone may read a file. False where that cannot be told.</summary>
    internal static bool IsReadableByOthers(string path)
    {
#if NET
        // A link's own mode lets everyone read; what it leads to is what counts.
        return !OperatingSystem.IsWindows() && ModeOf(Resolve(path)) is { } mode && (mode & Read) != UnixFileMode.None;
#else
        return false;
#endif
    }

    /// <summary>
    /// Finds what lets somebody else change a file: the file itself or a folder that it is in, where its group or everyone
    /// may write there or it belongs to another user than this one and root. Null where nothing does, or that cannot be told.
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
    /// <summary>Whether others may write to a place. In a folder with the sticky bit they may not replace what is not theirs.</summary>
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
    /// .NET tells a file's mode but not its owner; its own native library does. Where that has another shape one day, the
    /// owner is not known and the mode alone decides.
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

        /// <summary>Longer than the library's own structure, of which the beginning is known.</summary>
        [StructLayout(LayoutKind.Explicit, Size = 512)]
        private struct FileStatus
        {
            [FieldOffset(8)]
            internal uint Owner;
        }
    }
#endif
}
