using IotCard.Client.Credentials.Profiles;
using IotCard.Client.Signing;

namespace IotCard.Client.Credentials.Sources;

/// <summary>
/// Provides the temporary credential stored in a StsToken profile. The file is read each time, because tools that
/// maintain such a profile replace it. Its expiration is not stored; the service reports it.
/// </summary>
internal sealed class StsTokenSource(StoredProfile stored) : ITemporaryCredentialSource
{
    public Task<Credential> FetchAsync(CancellationToken cancellationToken) => Task.FromResult(Read());

    internal Credential Read()
    {
        var profile = stored.Read();
        return CredentialFactory.CreateTemporary(
            profile.AccessKeyId,
            profile.AccessKeySecret,
            profile.StsToken,
            expiration: null,
            CredentialErrorCode.InvalidProfile,
            stored.Where);
    }
}
