using System.Globalization;
using IotCard.Client.Signing;

namespace IotCard.Client.Credentials.Sources;

/// <summary>Which role to assume, and how.</summary>
internal sealed class RoleRequest
{
    /// <summary>In seconds; the minimum that STS accepts.</summary>
    internal const int MinimumDuration = 900;

    /// <summary>In seconds. A role's own limit is an hour unless it was raised, at most to this; STS refuses more.</summary>
    internal const int MaximumDuration = 43200;

    /// <summary>In seconds: the official libraries' default.</summary>
    internal const int DefaultDuration = 3600;

    private RoleRequest(Uri endpoint, string roleArn, string sessionName, int duration)
    {
        Endpoint = endpoint;
        RoleArn = roleArn;
        SessionName = sessionName;
        Duration = duration;
    }

    internal Uri Endpoint { get; }

    internal string RoleArn { get; }

    internal string SessionName { get; }

    internal int Duration { get; }

    internal string? Policy { get; init; }

    internal string? ExternalId { get; init; }

    /// <summary>The role's name in messages.</summary>
    internal required LocalizableMessage Where { get; init; }

    /// <param name="context">Provides the session name and the endpoint if the profile does not.</param>
    /// <param name="where">How an error's message begins.</param>
    /// <param name="roleArn">The role.</param>
    /// <param name="sessionName">The session's name; else <c>ALIBABA_CLOUD_ROLE_SESSION_NAME</c>; else one derived from the time.</param>
    /// <param name="duration">In seconds; null or 0 for an hour.</param>
    /// <param name="endpoint">The STS endpoint.</param>
    /// <param name="policy">Narrows the role's permissions.</param>
    /// <param name="externalId">The external ID that the role's owner expects.</param>
    /// <exception cref="CredentialException"><c>InvalidProfile</c>.</exception>
    internal static RoleRequest Create(
        CredentialContext context,
        LocalizableMessage where,
        string? roleArn,
        string? sessionName,
        int? duration,
        Uri endpoint,
        string? policy,
        string? externalId)
    {
        if (string.IsNullOrWhiteSpace(roleArn))
        {
            throw new CredentialException(CredentialErrorCode.InvalidProfile, new LocalizableMessage("RoleArnMissing", $"{where}: the role's ARN is missing."));
        }

        var seconds = duration is null or 0 ? DefaultDuration : duration.Value;
        if (seconds is < MinimumDuration or > MaximumDuration)
        {
            throw new CredentialException(
                CredentialErrorCode.InvalidProfile,
                new LocalizableMessage("SessionLength", $"{where}: a session of {seconds} seconds is not possible; use {MinimumDuration} to {MaximumDuration}."));
        }

        return new RoleRequest(endpoint, roleArn!.Trim(), Name(context, sessionName), seconds)
        {
            Policy = string.IsNullOrWhiteSpace(policy) ? null : policy,
            ExternalId = string.IsNullOrWhiteSpace(externalId) ? null : externalId,
            Where = where,
        };
    }

    internal IEnumerable<NamedValue> Parameters()
    {
        yield return new("RoleArn", RoleArn);
        yield return new("RoleSessionName", SessionName);
        yield return new("DurationSeconds", Duration.ToString(CultureInfo.InvariantCulture));
        if (Policy is not null)
        {
            yield return new("Policy", Policy);
        }

        if (ExternalId is not null)
        {
            yield return new("ExternalId", ExternalId);
        }
    }

    private static string Name(CredentialContext context, string? sessionName) =>
        string.IsNullOrWhiteSpace(sessionName)
            ? context.Variable(EnvironmentVariables.RoleSessionName)
                ?? "IotCard-" + context.Clock.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)
            : sessionName!.Trim();
}
