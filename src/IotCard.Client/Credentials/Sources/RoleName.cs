namespace IotCard.Client.Credentials.Sources;

/// <summary>The names that RAM allows for a role: 1 to 64 letters, digits, dots, hyphens and underscores.</summary>
internal static class RoleName
{
    private const int MaximumLength = 64;

    /// <summary>Whether a text is such a name. Two dots in a row are refused, because the name becomes part of a path.</summary>
    internal static bool IsValid(string name) =>
        name.Length is > 0 and <= MaximumLength
        && name.All(static c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '.' or '-' or '_')
        && !name.Contains("..")
        && name != ".";
}
