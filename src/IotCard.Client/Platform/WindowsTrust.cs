using Microsoft.Win32.SafeHandles;

namespace IotCard.Client.Platform;

/// <summary>The rule of <see cref="FileTrust"/> on Windows, by owner and access control list.</summary>
internal static class WindowsTrust
{
    /// <summary>To change a file, or to remove or take it.</summary>
    internal const uint WriteFile = Take | 0x2 | 0x4 | Win32.GenericWrite;

    /// <summary>To exchange what is in a folder, or to remove or take it.</summary>
    internal const uint ChangeFolder = Take | 0x40;

    /// <summary>The same, or to put something into it.</summary>
    internal const uint FillFolder = ChangeFolder | WriteFile;

    private const uint ReadFile = 0x1 | Win32.GenericRead | Everything;
    private const uint Delete = 0x10000;
    private const uint ChangeList = 0x40000;
    private const uint TakeOwnership = 0x80000;
    private const uint Everything = 0x10000000;
    private const uint Take = Delete | ChangeList | TakeOwnership | Everything;

    /// <summary>SYSTEM, Administrators, TrustedInstaller; and the entries for a creator and an owner, who is examined as such.</summary>
    private static readonly HashSet<string> Trusted = new(StringComparer.Ordinal)
    {
        "S-1-5-18",
        "S-1-5-32-544",
        "S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464",
        "S-1-3-0",
        "S-1-3-4",
    };

    internal static FileTrust OfFile(string path, SafeFileHandle file)
    {
        if (FileStatus.FromHandle(file) is not { } opened)
        {
            return new FileTrust(TrustReason.Unknown, path);
        }

        var own = Judge(path, WindowsFile.Security(file), WindowsUser.Sid, WriteFile);
        if (!own.IsTrusted)
        {
            return own;
        }

        var target = WindowsFile.FindPath(file);
        foreach (var way in target is null ? [path] : new[] { path, target })
        {
            var trust = Walk(way, WriteFile);
            if (!trust.IsTrusted)
            {
                return trust;
            }
        }

        return target is not null && FileStatus.FromPath(target)?.Identity == opened.Identity ? own : new FileTrust(TrustReason.Replaced, path);
    }

    internal static bool IsReadableByOthers(SafeFileHandle file) =>
        Judge("", WindowsFile.Security(file), WindowsUser.Sid, ReadFile).Reason == TrustReason.WritableByOthers;

    internal static FileTrust OfFolder(string path) => Walk(path, FillFolder);

    /// <param name="place">The file or folder, for the answer.</param>
    /// <param name="security">Its owner and list; null if they cannot be read.</param>
    /// <param name="user">The security identifier of this user; null if it is not known.</param>
    /// <param name="rights">The rights of which nobody else may have any: <see cref="WriteFile"/>, <see cref="ChangeFolder"/> or <see cref="FillFolder"/>.</param>
    internal static FileTrust Judge(string place, SecurityDescriptor? security, string? user, uint rights)
    {
        if (security is null || user is null)
        {
            return new FileTrust(TrustReason.Unknown, place);
        }

        if (!IsTrusted(security.Owner, user))
        {
            return new FileTrust(TrustReason.OtherOwner, place, security.Owner);
        }

        if (security.Entries is null)
        {
            return new FileTrust(TrustReason.WritableByOthers, place, AccessEntry.Everyone);
        }

        // What an entry denies is not subtracted, so a list can be judged too strictly, never too kindly.
        foreach (var entry in security.Entries)
        {
            if (entry.IsAllowing && (entry.Rights & rights) != 0 && !IsTrusted(entry.Sid, user))
            {
                return new FileTrust(TrustReason.WritableByOthers, place, entry.Sid);
            }
        }

        return new FileTrust(TrustReason.Trusted);
    }

    /// <summary>Goes from the root to a file or folder. The last one is judged by stricter rights than the folders on the way.</summary>
    private static FileTrust Walk(string path, uint rights)
    {
        var places = Places(path);
        while (places.Count > 0)
        {
            var place = places.Pop();
            SafeFileHandle? file;
            try
            {
                file = WindowsFile.OpenToExamine(place);
            }
            catch (IOException)
            {
                return new FileTrust(TrustReason.Unknown, place);
            }

            if (file is null)
            {
                break;
            }

            using (file)
            {
                var trust = Judge(place, WindowsFile.Security(file), WindowsUser.Sid, places.Count == 0 ? rights : ChangeFolder);
                if (!trust.IsTrusted)
                {
                    return trust;
                }
            }
        }

        return new FileTrust(TrustReason.Trusted);
    }

    /// <summary>An app container's identifier (S-1-15-2, S-1-15-3) restricts a program of a user who needs the right himself.</summary>
    private static bool IsTrusted(string sid, string user) =>
        sid == user || Trusted.Contains(sid) || sid.StartsWith("S-1-15-", StringComparison.Ordinal);

    /// <summary>The folders from the root to a file, and the file.</summary>
    private static Stack<string> Places(string path)
    {
        var places = new Stack<string>();
        for (var place = Path.GetFullPath(path); place is not null; place = Path.GetDirectoryName(place))
        {
            places.Push(place);
        }

        return places;
    }
}
