using IotCard.Client.Credentials.Profiles;
using IotCard.Client.Credentials.Sources;
using IotCard.Client.Signing;

namespace IotCard.Client.Credentials.Resolution;

/// <summary>Creates providers for the profiles of <c>config.json</c>, by their mode.</summary>
internal sealed class CliProfileProviders(CredentialContext context, IssuingClient http, IssuingClient metadata, ProfileText file)
{
    /// <summary>The maximum number of profiles in a chain of <c>source_profile</c>. Each costs a request at every renewal.</summary>
    private const int MaximumChainLength = 10;

    /// <exception cref="CredentialException"><c>InvalidProfile</c>, <c>ProfileCycle</c> or <c>InvalidCredential</c>.</exception>
    internal ICredentialProvider Create(CliConfig config, CliProfile profile) => Create(config, profile, []);

    private ICredentialProvider Create(CliConfig config, CliProfile profile, List<string> chain)
    {
        var name = profile.Name ?? "";
        var where = StoredProfile.Locate(file.Path, name);
        var mode = CliMode.Of(profile);
        var source = new LocalizableMessage("CliProfileOfMode", $"CLI profile '{name}' ({mode})");
        var stored = new StoredProfile(file.Path, name);
        switch (mode)
        {
            case CliMode.AccessKey:
                return new StaticCredentialProvider(LastingKey(profile, where), source);
            case CliMode.StsToken:
                var token = new StsTokenSource(stored);
                return Renewing(source, token, token.Read());
            case CliMode.RamRoleArn:
                return Renewing(source, AssumeRole(profile, where, new StaticCredentialProvider(KeyOrToken(profile, where), source)));
            case CliMode.ChainableRamRoleArn:
                return Renewing(source, AssumeRole(profile, where, SourceProfile(config, profile, where, chain)));
            case CliMode.EcsRamRole:
                return Renewing(source, EcsRole.Create(context, metadata, profile.RamRoleName, where));
            case CliMode.Oidc:
                return Renewing(source, Oidc(profile, where));
            case CliMode.External:
                return Renewing(source, External(profile, where));
            case CliMode.CredentialsUri:
                return Renewing(source, CredentialsUri(profile, where));
            case CliMode.CloudSso:
                return Renewing(source, new SignInSource(context, http, stored, SignInMode.CloudSSO));
            case CliMode.OAuth:
                return Renewing(source, new SignInSource(context, http, stored, SignInMode.OAuth));
            default:
                throw Invalid(where, DescribeUnsupported(mode));
        }
    }

    private ICredentialProvider SourceProfile(CliConfig config, CliProfile profile, LocalizableMessage where, List<string> chain)
    {
        if (chain.Count == MaximumChainLength)
        {
            throw new CredentialException(
                CredentialErrorCode.InvalidProfile,
                new LocalizableMessage("ChainTooLong", $"Profile '{chain[0]}' in {file.Path}: its chain of source profiles has more than {MaximumChainLength} links."));
        }

        chain.Add(profile.Name ?? "");
        if (string.IsNullOrEmpty(profile.SourceProfile))
        {
            throw Invalid(where, Missing("source_profile"));
        }

        if (chain.Contains(profile.SourceProfile!))
        {
            throw new CredentialException(
                CredentialErrorCode.ProfileCycle,
                new LocalizableMessage("ProfileCycle", $"{where}: its source profiles form a loop: {string.Join(" > ", [.. chain, profile.SourceProfile])}."));
        }

        var previous = config.Find(profile.SourceProfile!)
            ?? throw Invalid(where, new LocalizableMessage("NoSourceProfile", $"there is no profile '{profile.SourceProfile}' that source_profile names"));
        return Create(config, previous, chain);
    }

    /// <exception cref="CredentialException"><c>UnsafeFile</c>: other users can choose the program to run. <c>SwitchedOff</c>.</exception>
    private ExternalSource External(CliProfile profile, LocalizableMessage where)
    {
        CheckSwitchedOff(CliMode.External, where);
        return file.Trust.IsTrusted
            ? new ExternalSource(context, where, profile.ProcessCommand)
            : throw new CredentialException(
                CredentialErrorCode.UnsafeFile,
                new LocalizableMessage("UnsafeCommand", $"{where}: its process_command is not run, as other users of this machine may be able to change it: {TrustText.Describe(file.Trust)}. {TrustText.Remedy}"));
    }

    /// <exception cref="CredentialException"><c>InvalidProfile</c>: there is no address, or one that a credential must not come from. <c>SwitchedOff</c>.</exception>
    private CredentialsUriSource CredentialsUri(CliProfile profile, LocalizableMessage where)
    {
        CheckSwitchedOff(CliMode.CredentialsUri, where);
        var address = string.IsNullOrWhiteSpace(profile.CredentialsUri) ? context.Variable(EnvironmentVariables.CredentialsUri) : profile.CredentialsUri!.Trim();
        return CredentialsUriSource.Create(context, http, address ?? throw Invalid(where, Missing("credentials_uri")), where);
    }

    /// <summary>An administrator can switch off what takes a credential from another program.</summary>
    private void CheckSwitchedOff(string mode, LocalizableMessage where)
    {
        if (context.IsSwitchedOn(EnvironmentVariables.DisableExternalProcess))
        {
            throw new CredentialException(
                CredentialErrorCode.SwitchedOff,
                new LocalizableMessage("ModeSwitchedOff", $"{where}: {EnvironmentVariables.DisableExternalProcess} switches mode {mode} off."));
        }
    }

    private AssumeRoleSource AssumeRole(CliProfile profile, LocalizableMessage where, ICredentialProvider caller) =>
        new(context, http, caller, Role(profile, where, profile.ExternalId));

    private OidcSource Oidc(CliProfile profile, LocalizableMessage where) =>
        new(
            context,
            http,
            Role(profile, where, externalId: null),
            Require(profile.OidcProviderArn, "oidc_provider_arn", where),
            Require(profile.OidcTokenFile, "oidc_token_file", where));

    private RoleRequest Role(CliProfile profile, LocalizableMessage where, string? externalId) =>
        RoleRequest.Create(
            context,
            where,
            profile.RamRoleArn,
            profile.RamSessionName,
            profile.ExpiredSeconds,
            StsEndpoint.Choose(context, profile.StsEndpoint, profile.StsRegion, profile.EnableVpc, where),
            profile.Policy,
            externalId);

    private RenewingCredentialProvider Renewing(LocalizableMessage source, ITemporaryCredentialSource credentials, Credential? initial = null) =>
        new(source, credentials, context.Clock, initial);

    private static Credential LastingKey(CliProfile profile, LocalizableMessage where) =>
        CredentialFactory.Create(
            profile.AccessKeyId, profile.AccessKeySecret, token: null, expiration: null, CredentialErrorCode.InvalidProfile, where);

    /// <summary>Uses a token in the profile together with its key, as the command line itself does.</summary>
    private static Credential KeyOrToken(CliProfile profile, LocalizableMessage where) =>
        CredentialFactory.Create(
            profile.AccessKeyId, profile.AccessKeySecret, profile.StsToken, expiration: null, CredentialErrorCode.InvalidProfile, where);

    private static string Require(string? value, string key, LocalizableMessage where) =>
        value?.Trim() is { Length: > 0 } text ? text : throw Invalid(where, Missing(key));

    private static LocalizableMessage DescribeUnsupported(string? mode) => mode switch
    {
        null => new LocalizableMessage("NoMode", $"it has no mode"),
        CliMode.BearerToken or CliMode.Anonymous => new LocalizableMessage("ModeCannotSign", $"mode '{mode}' has no key to sign requests with. Use a profile with a key or a role"),
        CliMode.RamRoleArnWithRoleName => new LocalizableMessage(
            "ModeOfTwoRoles", $"mode '{mode}' is not supported. Use a ChainableRamRoleArn profile whose source_profile names an EcsRamRole profile"),
        CliMode.RsaKeyPair => new LocalizableMessage("ModeOfKeyPair", $"mode '{mode}' needs a private key and is not supported. Use an AccessKey or a role"),
        _ when CliMode.FindMeant(mode) is { } meant => new LocalizableMessage("ModeSpelling", $"mode '{mode}' must be written {meant}"),
        _ => new LocalizableMessage("ModeUnsupported", $"mode '{mode}' is not supported"),
    };

    private static LocalizableMessage Missing(string key) => new LocalizableMessage("KeyMissing", $"{key} is missing");

    private static CredentialException Invalid(LocalizableMessage where, LocalizableMessage reason) =>
        new(CredentialErrorCode.InvalidProfile, new LocalizableMessage("InvalidProfile", $"{where}: {reason}."));
}
