using IotCard.Client.Signing;

namespace IotCard.Client.Credentials.Sources;

/// <summary>Assumes a role with another credential: STS <c>AssumeRole</c>, version 2015-04-01, signed with <c>ACS3-HMAC-SHA256</c>.</summary>
internal sealed class AssumeRoleSource(CredentialContext context, IssuingClient http, ICredentialProvider caller, RoleRequest role)
    : ITemporaryCredentialSource
{
    private static readonly RequestSigner Signer = new(SignatureMethod.Acs3HmacSha256);

    public async Task<Credential> FetchAsync(CancellationToken cancellationToken)
    {
        var credential = await caller.GetCredentialAsync(cancellationToken).ConfigureAwait(false);
        var response = await AskAsync(credential, cancellationToken).ConfigureAwait(false);
        if (IsExpired(response)
            && await caller.RenewAsync(credential, cancellationToken).ConfigureAwait(false) is { } renewed)
        {
            credential = renewed;
            response = await AskAsync(credential, cancellationToken).ConfigureAwait(false);
        }

        return response.IsOk
            && JsonText.TryDeserialize(response.Body, SourceJson.Default.StsResponse)?.Credentials is { } issued
            ? issued.ToCredential(role.Where, requireExpiration: true)
            : throw StsError.From(response, role.Where, credential.Redactor);
    }

    private Task<IssuingResponse> AskAsync(Credential credential, CancellationToken cancellationToken)
    {
        var call = new ApiRequest(new ApiAction(role.Endpoint, "AssumeRole", "2015-04-01"), [.. role.Parameters()]);
        var signed = Signer.Sign(call, credential, context.Nonces.Next(), context.Clock.GetUtcNow());
        return http.SendAsync(signed.ToMessage(), context.RequestTimeout, cancellationToken);
    }

    private static bool IsExpired(IssuingResponse response) =>
        !response.IsOk
        && string.Equals(
            JsonText.TryDeserialize(response.Body, SourceJson.Default.StsResponse)?.Code,
            "InvalidSecurityToken.Expired",
            StringComparison.Ordinal);
}
