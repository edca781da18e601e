namespace IotCard.Client.Credentials;

/// <summary>
/// The codes that a <see cref="CredentialException"/> carries where the error is this library's own. An response of the
/// token service (STS) brings its own code instead, such as <c>NoPermission</c> or <c>InvalidAccessKeyId.NotFound</c>.
/// </summary>
internal static class CredentialErrorCode
{
    /// <summary>No source of the default chain gave a credential. The message says why each was skipped.</summary>
    public const string CredentialNotFound = nameof(CredentialNotFound);

    /// <summary>A profile was asked for by name and neither file has it. The message names the files and the profiles they have.</summary>
    public const string ProfileNotFound = nameof(ProfileNotFound);

    /// <summary>A profile lacks a value, has one out of its range, or is of a mode or type that is not supported.</summary>
    public const string InvalidProfile = nameof(InvalidProfile);

    /// <summary>Profiles name each other as <c>source_profile</c> in a circle.</summary>
    public const string ProfileCycle = nameof(ProfileCycle);

    /// <summary>A file is not of its format. The message names the file, the line and what is wrong there.</summary>
    public const string MalformedFile = nameof(MalformedFile);

    /// <summary>A file that was named, or found, cannot be read.</summary>
    public const string UnreadableFile = nameof(UnreadableFile);

    /// <summary>An AccessKey ID, a secret or a token has characters that none can have, such as a line end within it.</summary>
    public const string InvalidCredential = nameof(InvalidCredential);

    /// <summary>A temporary credential has ended and its source gives no later one.</summary>
    public const string CredentialExpired = nameof(CredentialExpired);

    /// <summary>A CloudSSO or OAuth sign-in has ended; the user has to sign in again with the vendor's command line.</summary>
    public const string SignInRequired = nameof(SignInRequired);

    /// <summary>A file that names a program to be run can be changed by other users of this machine, so it is not run.</summary>
    public const string UnsafeFile = nameof(UnsafeFile);

    /// <summary>The command of an External profile could not be started or failed.</summary>
    public const string ExternalCommandFailed = nameof(ExternalCommandFailed);

    /// <summary>The command of an External profile did not end within 60 seconds and was killed with its children.</summary>
    public const string ExternalCommandTimeout = nameof(ExternalCommandTimeout);

    /// <summary>The instance metadata service does not answer: this is not an ECS instance.</summary>
    public const string MetadataUnavailable = nameof(MetadataUnavailable);

    /// <summary>A service that issues credentials could not be reached, or did not answer in time.</summary>
    public const string ServiceUnreachable = nameof(ServiceUnreachable);

    /// <summary>A service or a command that issues credentials gave an answer that cannot be used.</summary>
    public const string InvalidResponse = nameof(InvalidResponse);
}
