using Microsoft.Win32.SafeHandles;

namespace IotCard.Client.Platform;

/// <summary>What the system knows of a file beyond what .NET exposes: which file it is, whatever its name, and whose.</summary>
/// <param name="Identity">Equal for two handles or paths only if they lead to the same file; null if the system does not provide it.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Length">The length in bytes.</param>
internal readonly record struct FileStatus(string? Identity, FileKind Kind, long Length)
{
    private const int OthersRead = 0x24;
    private const int Sticky = 0x200;
    private const int TypeMask = 0xF000;

    /// <summary>Whether it is a regular file, not a link, folder, pipe or device.</summary>
    internal bool IsRegular => Kind == FileKind.Regular;

    /// <summary>The owner's number on Unix; null on Windows, or if the system does not provide it.</summary>
    internal uint? Owner { get; init; }

    /// <summary>The group's number on Unix.</summary>
    internal uint Group { get; init; }

    /// <summary>The type and the permissions on Unix; 0 on Windows.</summary>
    internal int Mode { get; init; }

    /// <summary>Whether its Unix mode lets its group or everyone read; false on Windows.</summary>
    internal bool IsReadableByOthers => (Mode & OthersRead) != 0;

    /// <summary>Whether it is a folder in which nobody may rename or remove what belongs to somebody else, such as <c>/tmp</c>.</summary>
    internal bool IsSticky => Kind == FileKind.Folder && (Mode & Sticky) != 0;

    /// <summary>Gets the status of a path without following a link at its end.</summary>
    /// <returns>Null if nothing is there.</returns>
    /// <exception cref="IOException">The system refuses to say.</exception>
    internal static FileStatus? FromPath(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            using var file = WindowsFile.OpenToExamine(path);
            return file is null ? null : WindowsFile.Examine(file);
        }

        return UnixStatus.TryGet(LibC.Path(path), handle: null, out var status) switch
        {
            0 => status,
            UnixStatus.Unavailable => Plain(path),
            LibC.NoEntry or LibC.NotFolder => null,
            var error => throw LibC.Failure(error, path),
        };
    }

    /// <summary>Gets the status of an open file.</summary>
    /// <returns>Null if the system does not provide it.</returns>
    internal static FileStatus? FromHandle(SafeFileHandle handle) =>
        OperatingSystem.IsWindows() ? WindowsFile.Examine(handle)
        : UnixStatus.TryGet([0], handle, out var status) == 0 ? status
        : null;

    internal static FileStatus FromUnix(ulong device, ulong inode, int mode, uint owner, uint group, long length) =>
        new($"{device:x}:{inode:x}", KindOf(mode), length) { Mode = mode, Owner = owner, Group = group };

    private static FileKind KindOf(int mode) => (mode & TypeMask) switch
    {
        0x1000 => FileKind.Pipe,
        0x2000 or 0x6000 => FileKind.Device,
        0x4000 => FileKind.Folder,
        0x8000 => FileKind.Regular,
        0xA000 => FileKind.Link,
        0xC000 => FileKind.Socket,
        _ => FileKind.Other,
    };

    /// <summary>What .NET itself says, on a system without these calls.</summary>
    private static FileStatus? Plain(string path)
    {
        var file = new FileInfo(path);
        return Directory.Exists(path) ? new FileStatus(null, FileKind.Folder, 0)
            : !file.Exists ? null
            : (file.Attributes & FileAttributes.ReparsePoint) != default ? new FileStatus(null, FileKind.Link, 0)
            : (file.Attributes & FileAttributes.Device) != default ? new FileStatus(null, FileKind.Device, 0)
            : new FileStatus(null, FileKind.Regular, file.Length);
    }
}
