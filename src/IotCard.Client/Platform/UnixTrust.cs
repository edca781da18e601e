using System.Globalization;
using System.Text;

namespace IotCard.Client.Platform;

/// <summary>The rule of <see cref="FileTrust"/> on Linux and macOS, by owner and mode.</summary>
/// <param name="user">The user's number.</param>
/// <param name="examine">The status of a path, without following a link at its end; null if nothing is there.</param>
/// <param name="readLink">The target of a link; null if it cannot be read.</param>
/// <param name="isOwnGroup">Whether a group has no other member than this user.</param>
internal sealed class UnixTrust(uint user, Func<string, FileStatus?> examine, Func<string, string?> readLink, Func<uint, bool> isOwnGroup)
{
    private const uint Root = 0;
    private const int MaximumLinks = 40;
    private const int GroupWrite = 0x10;
    private const int EveryoneWrite = 0x2;
    private const int MaximumTarget = 4096;

    private readonly Stack<string> _ahead = new();
    private string _reached = "/";

    internal static UnixTrust ForUser()
    {
        var user = LibC.geteuid();
        return new UnixTrust(user, FileStatus.FromPath, ReadLink, group => UserGroup.IsOwn(user, group));
    }

    /// <param name="path">The full path of the file.</param>
    /// <param name="opened">The status of the open file; null if the system does not provide it.</param>
    internal FileTrust OfFile(string path, FileStatus? opened)
    {
        if (opened is not { } file)
        {
            return new FileTrust(TrustReason.Unknown, path);
        }

        var own = Judge(path, file);
        if (!own.IsTrusted)
        {
            return own;
        }

        var way = Walk(path, out var found);
        return !way.IsTrusted ? way
            : found is null || found.Value.Identity != file.Identity ? new FileTrust(TrustReason.Replaced, path)
            : way;
    }

    /// <param name="path">The full path of the folder.</param>
    internal FileTrust OfFolder(string path)
    {
        var way = Walk(path, out var found);

        // In a sticky folder, anyone may create a file.
        return way.IsTrusted && found is { } folder && IsOpen(folder) ? new FileTrust(TrustReason.WritableByOthers, path) : way;
    }

    /// <summary>
    /// Goes from the root to a file, component by component. Where each one so far is trusted, only somebody trusted can
    /// change what the next name leads to, so the answer still holds when it is given.
    /// </summary>
    private FileTrust Walk(string path, out FileStatus? found)
    {
        _reached = "/";
        _ahead.Clear();
        Push(path);
        found = Examine(_reached);
        var links = 0;
        while (true)
        {
            if (found is not { } status)
            {
                return new FileTrust(TrustReason.Trusted);
            }

            var trust = Judge(_reached, status);
            if (!trust.IsTrusted)
            {
                return trust;
            }

            if (status.Kind == FileKind.Link)
            {
                if (++links > MaximumLinks || readLink(_reached) is not { Length: > 0 } target)
                {
                    return new FileTrust(TrustReason.Unknown, _reached);
                }

                _reached = target[0] == '/' ? "/" : Parent(_reached);
                Push(target);
                found = Examine(_reached);
                continue;
            }

            if (!Advance())
            {
                return trust;
            }

            found = Examine(_reached);
        }
    }

    /// <summary>Takes the next name of the way. A folder that is left again by <c>..</c> has been examined.</summary>
    private bool Advance()
    {
        while (_ahead.Count > 0)
        {
            var name = _ahead.Pop();
            if (name == "..")
            {
                _reached = Parent(_reached);
                continue;
            }

            _reached = (_reached == "/" ? "" : _reached) + "/" + name;
            return true;
        }

        return false;
    }

    private void Push(string path)
    {
        var names = path.Split('/');
        for (var i = names.Length - 1; i >= 0; i--)
        {
            if (names[i] is not ("" or "."))
            {
                _ahead.Push(names[i]);
            }
        }
    }

    private FileStatus? Examine(string path)
    {
        try
        {
            return examine(path);
        }
        catch (IOException)
        {
            // A folder on the way may not be searched: nothing in it can be opened either.
            return null;
        }
    }

    private FileTrust Judge(string place, FileStatus status)
    {
        if (status.Owner is not { } owner)
        {
            return new FileTrust(TrustReason.Unknown, place);
        }

        if (owner != user && owner != Root)
        {
            return new FileTrust(TrustReason.OtherOwner, place, owner.ToString(CultureInfo.InvariantCulture));
        }

        // A link has no mode of its own.
        return IsOpen(status) && !status.IsSticky && status.Kind != FileKind.Link
            ? new FileTrust(TrustReason.WritableByOthers, place)
            : new FileTrust(TrustReason.Trusted);
    }

    private bool IsOpen(FileStatus status) =>
        (status.Mode & EveryoneWrite) != 0 || ((status.Mode & GroupWrite) != 0 && !isOwnGroup(status.Group));

    private static string Parent(string path) => path.LastIndexOf('/') is > 0 and var at ? path[..at] : "/";

    private static string? ReadLink(string path)
    {
        var target = new byte[MaximumTarget];
        var length = (int)LibC.readlink(LibC.Path(path), target, target.Length);
        return length is > 0 and < MaximumTarget ? Encoding.UTF8.GetString(target, 0, length) : null;
    }
}
