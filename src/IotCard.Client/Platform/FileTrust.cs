using Microsoft.Win32.SafeHandles;

namespace IotCard.Client.Platform;

/// <summary>
/// Whether somebody else could have written a file, or could exchange it for another one. Trusted are this user and the
/// system's own accounts: root; on Windows SYSTEM, Administrators and TrustedInstaller.
/// </summary>
/// <remarks>
/// The rule: the file and every folder from the root to it, and every link on the way with the folders to its target,
/// belong to somebody trusted, and nobody else may write them. A sticky folder may be writable, because what is in it is
/// examined in turn and only its owner can exchange it. Nothing ends the climb: whoever may write a folder far above can
/// rename what is below, whoever owns that. On Windows a folder is written by who may delete or rename what is in it or
/// change its list; new files beside the one in question do no harm.
/// </remarks>
/// <param name="Reason">Why it is not trusted, if it is not.</param>
/// <param name="Place">The file, folder or link that is the reason; null if there is none.</param>
/// <param name="Who">The owner or writer (see <see cref="AccountName"/>): a number on Unix, a security identifier on Windows; null if it is a mode that lets others write.</param>
internal readonly record struct FileTrust(TrustReason Reason, string? Place = null, string? Who = null)
{
    /// <summary>Whether nobody else can change it.</summary>
    internal bool IsTrusted => Reason == TrustReason.Trusted;

    /// <summary>Examines an open file by its handle, and the way to it.</summary>
    /// <param name="path">The path by which it was opened.</param>
    /// <param name="file">The open file; what is read from it is what was examined.</param>
    internal static FileTrust OfFile(string path, SafeFileHandle file) =>
        OperatingSystem.IsWindows() ? WindowsTrust.OfFile(path, file) : UnixTrust.ForUser().OfFile(Path.GetFullPath(path), FileStatus.FromHandle(file));

    /// <summary>Whether somebody else may read an open file. False if the system does not say.</summary>
    internal static bool IsReadableByOthers(SafeFileHandle file) =>
        OperatingSystem.IsWindows() ? WindowsTrust.IsReadableByOthers(file) : FileStatus.FromHandle(file) is { IsReadableByOthers: true };

    /// <summary>Examines a folder of one's own, into which nobody else may put anything, and the way to it, as far as it exists.</summary>
    internal static FileTrust OfFolder(string path) =>
        OperatingSystem.IsWindows() ? WindowsTrust.OfFolder(path) : UnixTrust.ForUser().OfFolder(Path.GetFullPath(path));
}
