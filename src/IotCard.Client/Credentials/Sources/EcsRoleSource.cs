using System.Net;
using IotCard.Client.Signing;

namespace IotCard.Client.Credentials.Sources;

/// <summary>
/// Fetches the credential of the ECS instance's role from the metadata service: with a token (the service's hardened
/// mode), and if there is none, without, unless <c>ALIBABA_CLOUD_IMDSV1_DISABLED=true</c>.
/// </summary>
/// <remarks>
/// Until the service has responded once, all attempts together have one second: that is what the search costs on a
/// machine that is not an ECS instance. The token gets half of it, because a container one hop too far away never gets
/// a token but may get a response without one.
/// </remarks>
internal sealed class EcsRoleSource(CredentialContext context, IssuingClient http, string? roleName) : ITemporaryCredentialSource
{
    private const string Roles = "/latest/meta-data/ram/security-credentials/";

    private static readonly TimeSpan Probe = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TokenProbe = TimeSpan.FromSeconds(0.5);

    private bool _hasAnswered;
    private bool _hasGivenToken;

    public async Task<Credential> FetchAsync(CancellationToken cancellationToken)
    {
        var begun = context.Clock.GetTimestamp();
        var tokenless = !context.IsTrue(EnvironmentVariables.ImdsV1Disabled);
        var token = await TokenAsync(tokenless, cancellationToken).ConfigureAwait(false);
        if (token is null && !tokenless)
        {
            throw Refused(new LocalizableMessage("NoMetadataToken", $"it gives no token, and {EnvironmentVariables.ImdsV1Disabled} forbids asking without one"));
        }

        var left = Probe - context.Clock.GetElapsedTime(begun);
        var role = roleName ?? await RoleAsync(token, left, cancellationToken).ConfigureAwait(false);
        var response = await GetAsync(Roles + Uri.EscapeDataString(role), token, left, cancellationToken).ConfigureAwait(false);
        if (!response.IsOk)
        {
            throw Refused(new LocalizableMessage("NoCredentialOfRole", $"it has no credential of the role '{role}' ({response.ToString()})"));
        }

        var issued = JsonText.TryDeserialize(response.Body, SourceJson.Default.IssuedCredential);
        return string.Equals(issued?.Code, "Success", StringComparison.Ordinal)
            ? issued!.ToCredential(new LocalizableMessage("InRole", $"The instance role '{role}'"), requireExpiration: true)
            : throw Refused(new LocalizableMessage("NoSuccess", $"the credential of the role '{role}' does not say Success"));
    }

    /// <summary>A token for the following requests; null if the service issues none.</summary>
    private async Task<string?> TokenAsync(bool tokenless, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, new Uri(context.MetadataAddress, "/latest/api/token"));
        request.Headers.TryAddWithoutValidation("X-aliyun-ecs-metadata-token-ttl-seconds", "21600");
        try
        {
            var limit = _hasGivenToken ? context.RequestTimeout : tokenless ? TokenProbe : Probe;
            var response = await SendAsync(request, limit, cancellationToken).ConfigureAwait(false);
            _hasGivenToken = response.IsOk && CredentialFactory.IsPlain(response.Body.Trim());
            return _hasGivenToken ? response.Body.Trim() : null;
        }
        catch (CredentialException) when (tokenless)
        {
            return null;
        }
    }

    private async Task<string> RoleAsync(string? token, TimeSpan left, CancellationToken cancellationToken)
    {
        var response = await GetAsync(Roles, token, left, cancellationToken).ConfigureAwait(false);
        var role = response.Body.Split('\n')[0].Trim();
        return response.Status == HttpStatusCode.NotFound || (response.IsOk && role.Length == 0)
            ? throw Refused(new LocalizableMessage("NoRole", $"the instance has no role"))
            : response.IsOk
                ? RoleName.IsValid(role) ? role : throw Refused(new LocalizableMessage("RoleNotAName", $"what it names as the instance's role is not a name that RAM allows"))
                : throw Refused(new LocalizableMessage("RoleNotNamed", $"it does not name the instance's role ({response.ToString()})"));
    }

    private Task<IssuingResponse> GetAsync(string path, string? token, TimeSpan left, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(context.MetadataAddress, path));
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("X-aliyun-ecs-metadata-token", token);
        }

        var limit = _hasAnswered ? context.RequestTimeout : left > TimeSpan.Zero ? left : TimeSpan.FromMilliseconds(1);
        return SendAsync(request, limit, cancellationToken);
    }

    private async Task<IssuingResponse> SendAsync(HttpRequestMessage request, TimeSpan limit, CancellationToken cancellationToken)
    {
        try
        {
            var response = await http.SendAsync(request, limit, cancellationToken).ConfigureAwait(false);
            _hasAnswered = true;
            return response;
        }
        catch (CredentialException e)
        {
            throw new CredentialException(
                CredentialErrorCode.MetadataUnavailable, new LocalizableMessage("MetadataSilent", $"The metadata service does not respond: {(object?)e.Words ?? e.Message}."), e);
        }
    }

    private static CredentialException Refused(LocalizableMessage reason) =>
        new(CredentialErrorCode.InvalidResponse, new LocalizableMessage("MetadataRefused", $"The metadata service responds, but {reason}."));
}
