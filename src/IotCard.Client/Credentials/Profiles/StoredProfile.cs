namespace IotCard.Client.Credentials.Profiles;

/// <summary>A profile of <c>config.json</c> that is read at each use, because another program updates it.</summary>
internal sealed class StoredProfile(string path, string name)
{
    /// <summary>How messages about the profile begin.</summary>
    internal LocalizableMessage Where { get; } = Locate(path, name);

    internal string Name { get; } = name;

    internal static LocalizableMessage Locate(string path, string name) => new LocalizableMessage("InProfile", $"Profile '{name}' in {path}");

    /// <exception cref="CredentialException">The file is unreadable or malformed, or no longer has the profile.</exception>
    internal CliProfile Read() =>
        CliConfigFile.Read(path).Find(Name)
        ?? throw new CredentialException(CredentialErrorCode.ProfileNotFound, new LocalizableMessage("ProfileGone", $"{Where} is no longer there."));
}
