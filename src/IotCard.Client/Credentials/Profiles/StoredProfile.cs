namespace IotCard.Client.Credentials.Profiles;

/// <summary>A profile of <c>config.json</c> that is read anew each time, since another program keeps it up to date.</summary>
internal sealed class StoredProfile(string path, string name)
{
    /// <summary>Begins messages about the profile.</summary>
    internal LocalizableMessage Where { get; } = Locate(path, name);

    internal string Name { get; } = name;

    internal static LocalizableMessage Locate(string path, string name) => new LocalizableMessage("InProfile", $"Profile '{name}' in {path}");

    /// <exception cref="CredentialException">The file is unreadable or malformed, or the profile is gone.</exception>
    internal CliProfile Read() =>
        CliConfigFile.Read(path).Find(Name)
        ?? throw new CredentialException(CredentialErrorCode.ProfileNotFound, new LocalizableMessage("ProfileGone", $"{Where} is no longer there."));
}
