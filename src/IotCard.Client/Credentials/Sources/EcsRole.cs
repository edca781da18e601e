namespace IotCard.Client.Credentials.Sources;

/// <summary>Creates sources of the instance's role, unless <c>ALIBABA_CLOUD_ECS_METADATA_DISABLED=true</c>.</summary>
internal static class EcsRole
{
    internal static LocalizableMessage Disabled { get; } = new LocalizableMessage("IsTrue", $"{EnvironmentVariables.EcsMetadataDisabled} is true");

    /// <param name="context">Provides the variables.</param>
    /// <param name="metadata">Reaches the metadata service.</param>
    /// <param name="role">The role's name; else <c>ALIBABA_CLOUD_ECS_METADATA</c>; else the service is asked for it.</param>
    /// <param name="where">How the error's message begins.</param>
    /// <exception cref="CredentialException"><c>InvalidProfile</c>: the metadata service is disabled, or the role's name is not one.</exception>
    internal static EcsRoleSource Create(CredentialContext context, IssuingClient metadata, string? role, LocalizableMessage where) =>
        context.IsTrue(EnvironmentVariables.EcsMetadataDisabled)
            ? throw Invalid(where, Disabled)
            : new EcsRoleSource(
                context,
                metadata,
                (string.IsNullOrWhiteSpace(role) ? context.Variable(EnvironmentVariables.EcsMetadata) : role!.Trim()) is not { } name ? null
                : RoleName.IsValid(name) ? name
                : throw Invalid(where, new LocalizableMessage("RoleNameInvalid", $"the role's name is not one that RAM allows")));

    private static CredentialException Invalid(LocalizableMessage where, LocalizableMessage reason) =>
        new(CredentialErrorCode.InvalidProfile, new LocalizableMessage("InvalidProfile", $"{where}: {reason}."));
}
