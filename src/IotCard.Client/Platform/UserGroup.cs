using System.Globalization;

namespace IotCard.Client.Platform;

/// <summary>
/// Many distributions give each user a group of his own, and let it write his files. Such a group lets nobody else in.
/// </summary>
internal static class UserGroup
{
    /// <summary>Whether a group has no other member than a user, by the machine's own files.</summary>
    internal static bool IsOwn(uint user, uint group) => IsOwn(user, group, ReadUsers(), Read("/etc/group"));

    /// <summary>The machine's own users: lines of the form <c>name:password:user:group:…</c>.</summary>
    internal static string[] ReadUsers() => Read("/etc/passwd");

    /// <param name="user">The user's number.</param>
    /// <param name="group">The group's number.</param>
    /// <param name="users">Lines of the form <c>name:password:user:group:…</c>.</param>
    /// <param name="groups">Lines of the form <c>name:password:group:member,member</c>.</param>
    /// <returns>False for a group that is not listed: its members are not known.</returns>
    internal static bool IsOwn(uint user, uint group, IEnumerable<string> users, IEnumerable<string> groups)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in users.Select(static l => l.Split(':')).Where(static l => l.Length >= 4))
        {
            if (IsNumber(line[2], user))
            {
                names.Add(line[0]);
            }
            else if (IsNumber(line[3], group))
            {
                return false;
            }
        }

        var found = groups.Select(static l => l.Split(':')).Where(l => l.Length >= 4 && IsNumber(l[2], group)).ToArray();
        return found.Length > 0
            && found.SelectMany(static l => l[3].Split(',')).Select(static n => n.Trim()).All(n => n.Length == 0 || names.Contains(n));
    }

    private static string[] Read(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static bool IsNumber(string text, uint number) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) && parsed == number;
}
