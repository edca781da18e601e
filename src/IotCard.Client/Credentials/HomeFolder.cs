namespace IotCard.Client.Credentials;

/// <summary>Finds the folder with the profiles as the vendor's command line does.</summary>
internal static class HomeFolder
{
    /// <summary>
    /// On Windows <c>HOMEDRIVE</c> and <c>HOMEPATH</c>, which a domain may set to a network drive, else the profile's
    /// folder; elsewhere the profile's folder, which is <c>HOME</c>.
    /// </summary>
    /// <param name="environment">Reads a variable.</param>
    /// <param name="profile">The user's profile folder; empty if there is none.</param>
    /// <param name="isWindows">Whether the rules of Windows apply.</param>
    internal static string Find(Func<string, string?> environment, string profile, bool isWindows) =>
        isWindows
        && environment("HOMEDRIVE") is { Length: > 0 } drive
        && environment("HOMEPATH") is { Length: > 0 } path
        && path[0] is '\\' or '/'
            ? drive + path
            : profile;
}
