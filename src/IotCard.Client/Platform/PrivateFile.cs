using System.Runtime.InteropServices;

namespace IotCard.Client.Platform;

/// <summary>
/// Creates files and folders that only their owner may use, whatever the process's umask or the folder's list say: mode
/// 600 or 700; on Windows a protected list of the owner, SYSTEM and Administrators.
/// </summary>
internal static class PrivateFile
{
    private const uint OwnerOnly = 0x180;
    private const uint OwnerOnlyFolder = 0x1C0;
    private const uint DescriptorRevision = 1;

    /// <summary>Creates a file for reading and writing, without a buffer.</summary>
    /// <exception cref="IOException">It exists already, or cannot be created.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder does not allow it.</exception>
    internal static FileStream Create(string path, FileShare share)
    {
        if (OperatingSystem.IsWindows())
        {
            return CreateOnWindows(path, share);
        }

#if NET
        return new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = share,
            BufferSize = 0,
            UnixCreateMode = (UnixFileMode)OwnerOnly,
        });
#else
        // Nothing is in it yet when its mode is set.
        var stream = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, share, bufferSize: 1);
        _ = LibC.chmod(LibC.Path(path), OwnerOnly);
        return stream;
#endif
    }

    /// <summary>Creates a folder, and each folder above it that is missing. One that is there is left as it is.</summary>
    /// <exception cref="IOException">It cannot be created, or something else has its name.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder above it does not allow it.</exception>
    internal static void CreateFolder(string path)
    {
        var missing = new Stack<string>();
        for (var folder = Path.GetFullPath(path); folder is not null && !Directory.Exists(folder); folder = Path.GetDirectoryName(folder))
        {
            missing.Push(folder);
        }

        foreach (var folder in missing)
        {
            if (OperatingSystem.IsWindows())
            {
                CreateFolderOnWindows(folder);
            }
            else
            {
                CreateFolderOnUnix(folder);
            }
        }
    }

    private static void CreateFolderOnUnix(string folder)
    {
        if (LibC.mkdir(LibC.Path(folder), OwnerOnlyFolder) == 0)
        {
            return;
        }

        // Another process may have created it in between.
        var error = Marshal.GetLastWin32Error();
        if (!Directory.Exists(folder))
        {
            throw error == LibC.AccessDenied ? new UnauthorizedAccessException(LibC.Failure(error, folder).Message) : LibC.Failure(error, folder);
        }
    }

    private static void CreateFolderOnWindows(string folder) => Protect(folder, isFolder: true, security =>
    {
        if (!Win32.CreateDirectoryW(Win32.Path(folder), ref security))
        {
            var error = Marshal.GetLastWin32Error();
            if (error != Win32.AlreadyExists || !Directory.Exists(folder))
            {
                throw Win32.Failure(error, folder);
            }
        }

        return true;
    });

    private static FileStream CreateOnWindows(string path, FileShare share) => Protect(path, isFolder: false, security =>
    {
        var file = Win32.CreateFileW(
            Win32.Path(path), Win32.GenericRead | Win32.GenericWrite, share & ~FileShare.Inheritable, ref security, Win32.CreateNew, flags: 0, template: 0);
        if (file.IsInvalid)
        {
            throw Win32.Failure(Marshal.GetLastWin32Error(), path);
        }

        return new FileStream(file, FileAccess.ReadWrite, bufferSize: 1);
    });

    /// <summary>The list of a new file or folder, in the security descriptor definition language.</summary>
    /// <param name="user">The owner's security identifier.</param>
    /// <param name="isFolder">Whether what is created in it inherits the list.</param>
    internal static string Describe(string user, bool isFolder)
    {
        var inherit = isFolder ? "OICI" : "";
        return $"O:{user}D:P(A;{inherit};FA;;;{user})(A;{inherit};FA;;;SY)(A;{inherit};FA;;;BA)";
    }

    private static T Protect<T>(string path, bool isFolder, Func<Win32.SecurityAttributes, T> create)
    {
        var user = WindowsUser.Sid ?? throw new IOException("The system does not say who runs this process, so nothing can be created for that user alone.");
        if (!Win32.ConvertStringSecurityDescriptorToSecurityDescriptorW(Describe(user, isFolder), DescriptorRevision, out var descriptor, out _))
        {
            throw Win32.IOFailure(Marshal.GetLastWin32Error(), path);
        }

        try
        {
            return create(Win32.SecurityAttributes.Create(descriptor));
        }
        finally
        {
            _ = Win32.LocalFree(descriptor);
        }
    }
}
