using IotCard.Client.Cards;
using IotCard.Client.Service;
using IotCard.Client.Signing;
using IotCard.Sandbox;

namespace IotCard.Client.Tests.Credentials;

/// <summary>Compares a credential with the expected one, and uses it with a sandbox that accepts only that AccessKey.</summary>
internal static class CredentialAssert
{
    internal static async Task IsAsync(Credential actual, string id, string secret, string? token = null)
    {
        Assert.Equal(id, actual.AccessKeyId);
        Assert.Equal(secret, actual.AccessKeySecret);
        Assert.Equal(token, actual.SecurityToken);
        Assert.Equal(token is not null, actual.IsTemporary);
        Assert.Equal("OK", await AskSandboxAsync(actual, new SandboxAccessKey(id, secret) { SecurityToken = token }));
    }

    /// <summary>The n-th that the STS stand-in has issued.</summary>
    internal static Task IsIssuedAsync(Credential actual, int n) =>
        IsAsync(actual, $"STS.issued{n}", $"issued-secret-{n}", $"issued-token-{n}");

    private static async Task<string> AskSandboxAsync(Credential credential, SandboxAccessKey known)
    {
        var options = new SandboxOptions { AccessKeys = [known], Fleet = Fleet.Generate(1) };
        await using var sandbox = await SandboxService.StartAsync(options, TestContext.Current.CancellationToken);
        using var transport = new ServiceTransport(static () => ServiceHandler.Create(), TimeProvider.System, TimeSpan.FromSeconds(30));
        var row = BindingRow.Unbind(SyntheticNumbers.Iccid(0), SyntheticNumbers.Imei(0));
        var request = new RequestSigner(SignatureMethod.Acs3HmacSha256).Sign(
            new BindingApi(sandbox.Endpoint).ToCall(row), credential, new RandomNonceSource().Next(), DateTimeOffset.UtcNow);
        return (await transport.SendAsync(request, TestContext.Current.CancellationToken)).Code;
    }
}
