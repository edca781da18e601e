using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace IotCard.Client.Platform;

/// <summary>What Windows knows of a file.</summary>
internal static class WindowsFile
{
    private const int AttributeTagInformation = 9;
    private const int FolderAttribute = 0x10;
    private const int ReparsePointAttribute = 0x400;
    private const uint NameSurrogate = 0x20000000;
    private const uint DiskType = 1;
    private const uint CharacterType = 2;
    private const uint PipeType = 3;
    private const FileShare Everything = FileShare.ReadWrite | FileShare.Delete;

    /// <summary>Opens a file, a folder or a link itself, without reading what is in it; nobody keeps that from succeeding by his sharing mode.</summary>
    /// <returns>Null if nothing is there.</returns>
    /// <exception cref="IOException">The system refuses.</exception>
    internal static SafeFileHandle? OpenToExamine(string path)
    {
        var file = Open(path, Win32.ReadAttributes | Win32.ReadControl, Win32.OpenReparsePoint);
        if (file.IsInvalid && Marshal.GetLastWin32Error() == Win32.AccessDenied)
        {
            // Without its access control list.
            file = Open(path, Win32.ReadAttributes, Win32.OpenReparsePoint);
        }

        if (!file.IsInvalid)
        {
            return file;
        }

        var error = Marshal.GetLastWin32Error();
        return error is Win32.FileNotFound or Win32.PathNotFound ? null : throw Win32.IOFailure(error, path);
    }

    /// <returns>Null if the system does not provide it.</returns>
    internal static FileStatus? Examine(SafeFileHandle file)
    {
        var type = Win32.GetFileType(file);
        if (type != DiskType)
        {
            return new FileStatus(null, type switch { CharacterType => FileKind.Device, PipeType => FileKind.Pipe, _ => FileKind.Other }, 0);
        }

        var information = new byte[52];
        if (!Win32.GetFileInformationByHandle(file, information))
        {
            return null;
        }

        var attributes = BitConverter.ToInt32(information, 0);
        var kind = IsLink(file, attributes) ? FileKind.Link
            : (attributes & FolderAttribute) != 0 ? FileKind.Folder
            : FileKind.Regular;
        var volume = BitConverter.ToUInt32(information, 28);
        var index = Join(information, 44);
        return new FileStatus($"{volume:x}:{index:x}", kind, (long)Join(information, 32));
    }

    /// <summary>Whether a reparse point stands for another name. Others, such as those of OneDrive and of deduplicated volumes, are files.</summary>
    internal static bool IsNameSurrogate(uint tag) => (tag & NameSurrogate) != 0;

    /// <summary>The path of an open file without any link in it; null if the system does not provide it.</summary>
    internal static string? FindPath(SafeFileHandle file)
    {
        var path = new char[32 * 1024];
        var length = Win32.GetFinalPathNameByHandleW(file, path, (uint)path.Length, 0);
        return length == 0 || length > path.Length ? null : new string(path, 0, (int)length);
    }

    /// <summary>The owner and the access control list of an open file; null if this user may not read them.</summary>
    internal static SecurityDescriptor? Security(SafeFileHandle file)
    {
        const uint OwnerAndList = 1 | 4;
        var descriptor = new byte[1024];
        if (!Win32.GetKernelObjectSecurity(file, OwnerAndList, descriptor, (uint)descriptor.Length, out var needed))
        {
            if (Marshal.GetLastWin32Error() != Win32.InsufficientBuffer)
            {
                return null;
            }

            descriptor = new byte[needed];
            if (!Win32.GetKernelObjectSecurity(file, OwnerAndList, descriptor, needed, out _))
            {
                return null;
            }
        }

        return SecurityDescriptor.TryParse(descriptor);
    }

    private static SafeFileHandle Open(string path, uint access, uint flags)
    {
        var plain = Win32.SecurityAttributes.Create(descriptor: 0);
        return Win32.CreateFileW(Win32.Path(path), access, Everything, ref plain, Win32.OpenExisting, Win32.BackupSemantics | flags, 0);
    }

    private static bool IsLink(SafeFileHandle file, int attributes)
    {
        if ((attributes & ReparsePointAttribute) == 0)
        {
            return false;
        }

        // What cannot be told apart counts as a link.
        var tag = new byte[8];
        return !Win32.GetFileInformationByHandleEx(file, AttributeTagInformation, tag, (uint)tag.Length) || IsNameSurrogate(BitConverter.ToUInt32(tag, 4));
    }

    private static ulong Join(byte[] information, int at) =>
        ((ulong)BitConverter.ToUInt32(information, at) << 32) | BitConverter.ToUInt32(information, at + 4);
}
