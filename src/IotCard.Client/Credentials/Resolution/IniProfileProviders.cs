using System.Globalization;
using IotCard.Client.Credentials.Profiles;
using IotCard.Client.Credentials.Sources;
using IotCard.Client.Signing;

namespace IotCard.Client.Credentials.Resolution;

/// <summary>Creates providers for the sections of the SDKs' shared file, by their <c>type</c>.</summary>
internal sealed class IniProfileProviders(CredentialContext context, IssuingClient http, IssuingClient metadata, string path)
{
    /// <exception cref="CredentialException"><c>InvalidProfile</c> or <c>InvalidCredential</c>.</exception>
    internal ICredentialProvider Create(IniSection section)
    {
        var where = new LocalizableMessage("InSection", $"Section [{section.Name}] in {path}");
        var type = Require(section, "type", where);
        var source = new LocalizableMessage("IniProfileOfType", $"ini profile '{section.Name}' ({type})");
        return type switch
        {
            "access_key" => new StaticCredentialProvider(Key(section, where), source),
            "ram_role_arn" => Renewing(source, AssumeRole(section, where, source)),
            "oidc_role_arn" => Renewing(source, Oidc(section, where)),
            "ecs_ram_role" => Renewing(source, EcsRole.Create(context, metadata, section["role_name"], where)),
            "rsa_key_pair" => throw Invalid(where, new LocalizableMessage("TypeUnsupported", $"type 'rsa_key_pair' needs a private key and is not supported")),
            _ => throw Invalid(where, new LocalizableMessage("TypeUnknown", $"type '{type}' is none of access_key, ram_role_arn, oidc_role_arn, ecs_ram_role")),
        };
    }

    private AssumeRoleSource AssumeRole(IniSection section, LocalizableMessage where, LocalizableMessage source)
    {
        // The official libraries do not invent a session name here.
        var session = Require(section, "role_session_name", where);
        return new AssumeRoleSource(
            context,
            http,
            new StaticCredentialProvider(Key(section, where), source),
            Role(section, where, session, section["external_id"]));
    }

    private OidcSource Oidc(IniSection section, LocalizableMessage where) =>
        new(
            context,
            http,
            Role(section, where, section["role_session_name"], externalId: null),
            Require(section, "oidc_provider_arn", where),
            Require(section, "oidc_token_file_path", where));

    private RoleRequest Role(IniSection section, LocalizableMessage where, string? session, string? externalId)
    {
        var vpc = string.Equals(section["enable_vpc"], "true", StringComparison.OrdinalIgnoreCase);
        return RoleRequest.Create(
            context,
            where,
            section["role_arn"],
            session,
            Duration(section, where),
            StsEndpoint.Choose(context, endpoint: null, section["sts_region"], vpc, where),
            section["policy"],
            externalId);
    }

    private static int? Duration(IniSection section, LocalizableMessage where) =>
        section["duration_seconds"] is not { } text
            ? null
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
                ? seconds
                : throw Invalid(where, new LocalizableMessage("NoWholeNumber", $"duration_seconds is not a whole number"));

    private RenewingCredentialProvider Renewing(LocalizableMessage source, ITemporaryCredentialSource credentials) =>
        new(source, credentials, context.Clock);

    private static Credential Key(IniSection section, LocalizableMessage where) =>
        CredentialFactory.Create(
            section["access_key_id"],
            section["access_key_secret"],
            token: null,
            expiration: null,
            CredentialErrorCode.InvalidProfile,
            where);

    private static string Require(IniSection section, string key, LocalizableMessage where) =>
        section[key] ?? throw Invalid(where, new LocalizableMessage("KeyMissing", $"{key} is missing"));

    private static CredentialException Invalid(LocalizableMessage where, LocalizableMessage reason) =>
        new(CredentialErrorCode.InvalidProfile, new LocalizableMessage("InvalidProfile", $"{where}: {reason}."));
}
