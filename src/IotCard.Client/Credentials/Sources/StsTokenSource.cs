using IotCard.Client.Credentials.Profiles;
using IotCard.Client.Signing;

namespace IotCard.Client.Credentials.Sources;

/// <summary>
/// Gives the temporary credential that stands in a StsToken profile. The file is read each time, since tools that
/// keep such a profile replace it. When it ends is not told: the service says so.
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
