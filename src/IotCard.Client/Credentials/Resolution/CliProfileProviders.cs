using IotCard.Client.Credentials.Profiles;
using IotCard.Client.Credentials.Sources;
using IotCard.Client.Signing;

namespace IotCard.Client.Credentials.Resolution;

/// <summary>
/// Creates providers for the profiles of <c>config.json</c>, by their mode. Modes are case-sensitive, as in the
/// official libraries.
/// </summary>
internal sealed class CliProfileProviders(CredentialContext context, IssuingClient http, IssuingClient metadata, ProfileText file)
{
    private static readonly string[] Modes =
    [
        "AK", "StsToken", "RamRoleArn", "ChainableRamRoleArn", "EcsRamRole", "OIDC", "External", "CloudSSO", "OAuth",
    ];

    /// <exception cref="CredentialException"><c>InvalidProfile</c>, <c>ProfileCycle</c> or <c>InvalidCredential</c>.</exception>
    internal ICredentialProvider Create(CliConfig config, CliProfile profile) => Create(config, profile, []);

    private ICredentialProvider Create(CliConfig config, CliProfile profile, List<string> chain)
    {
        var name = profile.Name ?? "";
        var where = StoredProfile.Locate(file.Path, name);
        var source = new LocalizableMessage("CliProfileOfMode", $"CLI profile '{name}' ({profile.Mode})");
        var stored = new StoredProfile(file.Path, name);
        switch (profile.Mode)
        {
            case "AK":
                return new StaticCredentialProvider(LastingKey(profile, where), source);
            case "StsToken":
                var token = new StsTokenSource(stored);
                return Renewing(source, token, token.Read());
            case "RamRoleArn":
                return Renewing(source, AssumeRole(profile, where, new StaticCredentialProvider(KeyOrToken(profile, where), source)));
            case "ChainableRamRoleArn":
                return Renewing(source, AssumeRole(profile, where, SourceProfile(config, profile, where, chain)));
            case "EcsRamRole":
                return Renewing(source, EcsRole.Create(context, metadata, profile.RamRoleName, where));
            case "OIDC":
                return Renewing(source, Oidc(profile, where));
            case "External":
                return Renewing(source, External(profile, where));
            case "CloudSSO":
                return Renewing(source, new SignInSource(context, http, stored, SignInMode.CloudSSO));
            case "OAuth":
                return Renewing(source, new SignInSource(context, http, stored, SignInMode.OAuth));
            default:
                throw Invalid(where, UnknownMode(profile.Mode));
        }
    }

    private ICredentialProvider SourceProfile(CliConfig config, CliProfile profile, LocalizableMessage where, List<string> chain)
    {
        chain.Add(profile.Name ?? "");
        if (string.IsNullOrEmpty(profile.SourceProfile))
        {
            throw Invalid(where, Missing("source_profile"));
        }

        if (chain.Contains(profile.SourceProfile!))
        {
            throw new CredentialException(
                CredentialErrorCode.ProfileCycle,
                new LocalizableMessage("ProfileCycle", $"{where}: its source profiles go in a circle: {string.Join(" > ", [.. chain, profile.SourceProfile])}."));
        }

        var previous = config.Find(profile.SourceProfile!)
            ?? throw Invalid(where, new LocalizableMessage("NoSourceProfile", $"there is no profile '{profile.SourceProfile}' that source_profile names"));
        return Create(config, previous, chain);
    }

    /// <exception cref="CredentialException"><c>UnsafeFile</c>: other users can choose the program to run.</exception>
    private ExternalSource External(CliProfile profile, LocalizableMessage where) =>
        file.Trust.IsTrusted
            ? new ExternalSource(context, where, profile.ProcessCommand)
            : throw new CredentialException(
                CredentialErrorCode.UnsafeFile,
                new LocalizableMessage("UnsafeCommand", $"{where}: its process_command is not run, as other users of this machine may be able to change it: {TrustText.Describe(file.Trust)}. {TrustText.Remedy}"));

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

    private static LocalizableMessage UnknownMode(string? mode) =>
        string.IsNullOrEmpty(mode)
            ? new LocalizableMessage("NoMode", $"it has no mode")
            : Modes.FirstOrDefault(m => string.Equals(m, mode, StringComparison.OrdinalIgnoreCase)) is { } meant
                ? new LocalizableMessage("ModeSpelling", $"mode '{mode}' is to be written {meant}")
                : new LocalizableMessage("ModeUnsupported", $"mode '{mode}' is not supported");

    private static LocalizableMessage Missing(string key) => new LocalizableMessage("KeyMissing", $"{key} is missing");

    private static CredentialException Invalid(LocalizableMessage where, LocalizableMessage reason) =>
        new(CredentialErrorCode.InvalidProfile, new LocalizableMessage("InvalidProfile", $"{where}: {reason}."));
}
