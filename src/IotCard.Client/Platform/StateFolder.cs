namespace IotCard.Client.Platform;

/// <summary>
/// Where programs keep a user's own state: <c>%LOCALAPPDATA%</c>, <c>~/Library/Application Support</c>, or
/// <c>$XDG_STATE_HOME</c>, else <c>~/.local/state</c>.
/// </summary>
/// <param name="Path">The folder, an absolute path; null if the environment provides none.</param>
/// <param name="Variable">The environment variable that decides.</param>
/// <param name="Value">Its value; null if it is not set or empty.</param>
internal sealed record StateFolder(string? Path, string Variable, string? Value)
{
    private const string Home = "HOME";
    private const string LocalAppData = "LOCALAPPDATA";
    private const string StateHome = "XDG_STATE_HOME";

    /// <summary>Finds the folder of the user who runs this process.</summary>
    internal static StateFolder ForUser(Func<string, string?> environment) => Find(
        OperatingSystem.IsWindows() ? SystemKind.Windows : OperatingSystem.IsMacOS() ? SystemKind.MacOS : SystemKind.Linux,
        environment,
        Environment.GetFolderPath);

    /// <param name="system">Whose rules apply.</param>
    /// <param name="environment">The value of an environment variable, or null.</param>
    /// <param name="known">What the system itself says of a folder; empty if it does not know.</param>
    internal static StateFolder Find(SystemKind system, Func<string, string?> environment, Func<Environment.SpecialFolder, string> known)
    {
        if (system == SystemKind.Windows)
        {
            return Choose(LocalAppData, environment, () => known(Environment.SpecialFolder.LocalApplicationData), WindowsPath.IsAbsolute);
        }

        // By its specification, a relative one is ignored.
        if (system == SystemKind.Linux && environment(StateHome) is { } state && IsAbsoluteOnUnix(state))
        {
            return new StateFolder(state, StateHome, state);
        }

        var home = Choose(Home, environment, () => known(Environment.SpecialFolder.UserProfile), IsAbsoluteOnUnix);
        return home.Path is { } path
            ? home with { Path = path.TrimEnd('/') + (system == SystemKind.MacOS ? "/Library/Application Support" : "/.local/state") }
            : home;
    }

    /// <summary>A variable that is set and unusable is named; another folder in its place would not be found again.</summary>
    private static StateFolder Choose(string variable, Func<string, string?> environment, Func<string> known, Func<string, bool> isAbsolute)
    {
        if (environment(variable) is { Length: > 0 } value)
        {
            return new StateFolder(isAbsolute(value) ? value : null, variable, value);
        }

        return new StateFolder(known() is var found && isAbsolute(found) ? found : null, variable, null);
    }

    private static bool IsAbsoluteOnUnix(string path) => path.Length > 0 && path[0] == '/';
}
