namespace IotCard.Client.Platform;

/// <summary>Finds what people call an account of which only the number or the security identifier is known.</summary>
internal static class AccountName
{
    private const int MaximumLength = 256;

    /// <summary>The name of <see cref="FileTrust.Who"/>; the text itself where this machine has no name for it.</summary>
    internal static string Find(string who) => OperatingSystem.IsWindows() ? FindOnWindows(who) : FindOnUnix(who, UserGroup.ReadUsers());

    /// <param name="number">The user's number.</param>
    /// <param name="users">Lines of the form <c>name:password:user:group:…</c>.</param>
    internal static string FindOnUnix(string number, IEnumerable<string> users) =>
        users.Select(static line => line.Split(':')).FirstOrDefault(user => user.Length > 2 && user[2] == number) is { } found && found[0].Length > 0
            ? found[0]
            : number;

    /// <summary>Only those that every machine has: to ask for a domain's account may take long.</summary>
    internal static bool IsLocal(string sid) => sid is AccessEntry.Everyone or "S-1-5-11" || sid.StartsWith("S-1-5-32-", StringComparison.Ordinal);

    private static string FindOnWindows(string text)
    {
        if (!IsLocal(text) || !Win32.ConvertStringSidToSidW(text, out var sid))
        {
            return text;
        }

        try
        {
            var name = new char[MaximumLength];
            var domain = new char[MaximumLength];
            var nameLength = (uint)name.Length;
            var domainLength = (uint)domain.Length;
            return Win32.LookupAccountSidW(null, sid, name, ref nameLength, domain, ref domainLength, out _) ? new string(name, 0, (int)nameLength) : text;
        }
        finally
        {
            _ = Win32.LocalFree(sid);
        }
    }
}
