using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace IotCard.Client.Platform;

/// <summary>The calls of Windows.</summary>
internal static class Win32
{
    internal const int FileNotFound = 2;
    internal const int PathNotFound = 3;
    internal const int AccessDenied = 5;
    internal const int SharingViolation = 32;
    internal const int InsufficientBuffer = 122;
    internal const int AlreadyExists = 183;

    internal const uint GenericRead = 0x80000000;
    internal const uint GenericWrite = 0x40000000;
    internal const uint ReadControl = 0x00020000;
    internal const uint ReadAttributes = 0x80;

    internal const uint CreateNew = 1;
    internal const uint OpenExisting = 3;

    internal const uint BackupSemantics = 0x02000000;
    internal const uint OpenReparsePoint = 0x00200000;

    private const int MaximumPlainLength = 247;

    /// <summary>An error that a system's code describes, of the type that .NET throws for it.</summary>
    internal static Exception Failure(int error, string path) => error switch
    {
        FileNotFound => new FileNotFoundException(Describe(error, path), path),
        PathNotFound => new DirectoryNotFoundException(Describe(error, path)),
        AccessDenied => new UnauthorizedAccessException(Describe(error, path)),
        _ => IOFailure(error, path),
    };

    /// <summary>The same, always as an <see cref="IOException"/>, whose <see cref="Exception.HResult"/> holds the code.</summary>
    internal static IOException IOFailure(int error, string path) => new(Describe(error, path), unchecked((int)0x80070000) | error);

    /// <summary>A full path in the form that has no limit on its length, if it is longer than the limit.</summary>
    internal static string Path(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        return full.Length <= MaximumPlainLength || full.StartsWith(@"\\?\", StringComparison.Ordinal) || full.StartsWith(@"\\.\", StringComparison.Ordinal) ? full
            : full.StartsWith(@"\\", StringComparison.Ordinal) ? @"\\?\UNC\" + full[2..]
            : @"\\?\" + full;
    }

    private static string Describe(int error, string path) => $"{new Win32Exception(error).Message} : '{path}'";

#pragma warning disable SYSLIB1054 // The generator needs unsafe code and does not exist for netstandard2.0.
    [DllImport("kernel32", CharSet = CharSet.Unicode, ExactSpelling = true, SetLastError = true)]
    internal static extern SafeFileHandle CreateFileW(
        string name, uint access, FileShare share, ref SecurityAttributes security, uint disposition, uint flags, nint template);

    [DllImport("kernel32", CharSet = CharSet.Unicode, ExactSpelling = true, SetLastError = true)]
    internal static extern bool CreateDirectoryW(string name, ref SecurityAttributes security);

    [DllImport("kernel32", SetLastError = true)]
    internal static extern bool FlushFileBuffers(SafeFileHandle file);

    [DllImport("kernel32", SetLastError = true)]
    internal static extern uint GetFileType(SafeFileHandle file);

    [DllImport("kernel32", SetLastError = true)]
    internal static extern bool GetFileInformationByHandle(SafeFileHandle file, [Out] byte[] information);

    [DllImport("kernel32", SetLastError = true)]
    internal static extern bool GetFileInformationByHandleEx(SafeFileHandle file, int @class, [Out] byte[] information, uint length);

    [DllImport("kernel32", CharSet = CharSet.Unicode, ExactSpelling = true, SetLastError = true)]
    internal static extern uint GetFinalPathNameByHandleW(SafeFileHandle file, [Out] char[] path, uint length, uint flags);

    [DllImport("kernel32")]
    internal static extern nint GetCurrentProcess();

    [DllImport("kernel32")]
    internal static extern nint LocalFree(nint memory);

    [DllImport("advapi32", SetLastError = true)]
    internal static extern bool GetKernelObjectSecurity(SafeFileHandle file, uint parts, [Out] byte[] descriptor, uint length, out uint needed);

    [DllImport("advapi32", SetLastError = true)]
    internal static extern bool OpenProcessToken(nint process, uint access, out SafeFileHandle token);

    [DllImport("advapi32", SetLastError = true)]
    internal static extern bool GetTokenInformation(SafeFileHandle token, int @class, nint information, uint length, out uint needed);

    [DllImport("advapi32", CharSet = CharSet.Unicode, ExactSpelling = true, SetLastError = true)]
    internal static extern bool ConvertSidToStringSidW(nint sid, out nint text);

    [DllImport("advapi32", CharSet = CharSet.Unicode, ExactSpelling = true, SetLastError = true)]
    internal static extern bool ConvertStringSidToSidW(string text, out nint sid);

    [DllImport("advapi32", CharSet = CharSet.Unicode, ExactSpelling = true, SetLastError = true)]
    internal static extern bool LookupAccountSidW(
        string? system, nint sid, [Out] char[] name, ref uint nameLength, [Out] char[] domain, ref uint domainLength, out int use);

    [DllImport("advapi32", CharSet = CharSet.Unicode, ExactSpelling = true, SetLastError = true)]
    internal static extern bool ConvertStringSecurityDescriptorToSecurityDescriptorW(string text, uint revision, out nint descriptor, out uint length);
#pragma warning restore SYSLIB1054

    /// <summary>How a new file or folder is protected: <c>SECURITY_ATTRIBUTES</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct SecurityAttributes
    {
        internal int Length;
        internal nint Descriptor;
        internal int IsInherited;

        /// <param name="descriptor">The security descriptor; 0 for the folder's defaults.</param>
        internal static SecurityAttributes Create(nint descriptor) =>
            new() { Length = Marshal.SizeOf<SecurityAttributes>(), Descriptor = descriptor };
    }
}
