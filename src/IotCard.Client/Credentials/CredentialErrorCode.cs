namespace IotCard.Client.Credentials;

/// <summary>
/// The codes of a <see cref="CredentialException"/> for this library's own errors. A response of the token service
/// (STS) has its own code instead, such as <c>NoPermission</c> or <c>InvalidAccessKeyId.NotFound</c>.
/// </summary>
internal static class CredentialErrorCode
{
    /// <summary>No source of the default chain returned a credential. The message says why each was skipped.</summary>
    public const string CredentialNotFound = nameof(CredentialNotFound);

    /// <summary>Neither file has the named profile. The message names the files and the profiles in them.</summary>
    public const string ProfileNotFound = nameof(ProfileNotFound);

    /// <summary>A profile lacks a value, has one that is out of range, or has an unsupported mode or type.</summary>
    public const string InvalidProfile = nameof(InvalidProfile);

    /// <summary>Profiles refer to each other as <c>source_profile</c> in a cycle.</summary>
    public const string ProfileCycle = nameof(ProfileCycle);

    /// <summary>A variable of this machine switches off what the profile needs.</summary>
    public const string SwitchedOff = nameof(SwitchedOff);

    /// <summary>A safety policy of the vendor's command line, or a variable that changes it, is malformed. That never means that it is off.</summary>
    public const string InvalidPolicy = nameof(InvalidPolicy);

    /// <summary>A file is malformed. The message names the file, the line and the error.</summary>
    public const string MalformedFile = nameof(MalformedFile);

    /// <summary>A file cannot be read.</summary>
    public const string UnreadableFile = nameof(UnreadableFile);

    /// <summary>An AccessKey ID, a secret or a token contains a character that is never valid, such as a line break.</summary>
    public const string InvalidCredential = nameof(InvalidCredential);

    /// <summary>A temporary credential has expired, and its source has no newer one.</summary>
    public const string CredentialExpired = nameof(CredentialExpired);

    /// <summary>A CloudSSO or OAuth sign-in has expired; the user has to sign in again with the vendor's command line.</summary>
    public const string SignInRequired = nameof(SignInRequired);

    /// <summary>Other users of this machine can change a file that names a program to run, so the program is not run.</summary>
    public const string UnsafeFile = nameof(UnsafeFile);

    /// <summary>The command of an External profile could not be started or failed.</summary>
    public const string ExternalCommandFailed = nameof(ExternalCommandFailed);

    /// <summary>The command of an External profile did not end within 60 seconds, and was killed with its children.</summary>
    public const string ExternalCommandTimeout = nameof(ExternalCommandTimeout);

    /// <summary>The instance metadata service does not respond: this is not an ECS instance.</summary>
    public const string MetadataUnavailable = nameof(MetadataUnavailable);

    /// <summary>A service that issues credentials could not be reached, or did not respond in time.</summary>
    public const string ServiceUnreachable = nameof(ServiceUnreachable);

    /// <summary>A service or command that issues credentials returned an unusable response.</summary>
    public const string InvalidResponse = nameof(InvalidResponse);
}
