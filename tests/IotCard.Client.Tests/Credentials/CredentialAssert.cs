using IotCard.Client.Credentials;

namespace IotCard.Client.Tests.Credentials;

internal static class CredentialAssert
{
    internal static void Is(Credential actual, string id, string secret, string? token = null)
    {
        Assert.Equal(id, actual.AccessKeyId);
        Assert.Equal(secret, actual.AccessKeySecret);
        Assert.Equal(token, actual.SecurityToken);
        Assert.Equal(token is not null, actual.IsTemporary);
    }

    /// <summary>The n-th that the stand-in of STS has issued.</summary>
    internal static void IsIssued(Credential actual, int n) =>
        Is(actual, $"STS.issued{n}", $"issued-secret-{n}", $"issued-token-{n}");
}
