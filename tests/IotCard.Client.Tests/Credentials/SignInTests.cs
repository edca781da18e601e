using System.Globalization;
using System.Text.Json;
using IotCard.Client.Credentials;

namespace IotCard.Client.Tests.Credentials;

/// <summary>CloudSSO and OAuth: what the command line has stored, while it is valid.</summary>
public sealed class SignInTests : IDisposable
{
    private readonly CredentialHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task CloudSSO_provides_the_stored_credential_and_exchanges_the_access_token_for_more()
    {
        await using var service = await CloudSsoAsync();
        var path = WriteCloudSso(service.Address, accessToken: +3600, sts: +1800);
        var before = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);

        var provider = await _home.ResolveAsync();
        var stored = await provider.NowAsync();
        await CredentialAssert.IsAsync(stored, "STS.stored0000001", "stored-secret", "stored-token");
        Assert.Empty(service.Requests);

        _home.Clock.Advance(TimeSpan.FromMinutes(28));
        await CredentialAssert.IsAsync(await provider.NowAsync(), "STS.exchanged0001", "new-secret", "new-token");

        var asked = Assert.Single(service.Requests);
        Assert.Equal("POST /cloud-credentials", $"{asked.Method} {asked.Path}");
        Assert.Equal("Bearer access-token", asked.Headers["Authorization"]);
        using var body = JsonDocument.Parse(asked.Body);
        Assert.Equal("account-1", body.RootElement.GetProperty("AccountId").GetString());
        Assert.Equal("config-1", body.RootElement.GetProperty("AccessConfigurationId").GetString());
        Assert.Equal(before, await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task CloudSSO_that_the_service_calls_expired_is_requested_anew()
    {
        await using var service = await CloudSsoAsync();
        WriteCloudSso(service.Address, accessToken: +3600, sts: +1800);
        var provider = await _home.ResolveAsync();

        var renewed = await provider.RenewedAsync(await provider.NowAsync());

        Assert.Equal("STS.exchanged0001", renewed!.AccessKeyId);
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, 0)]
    [InlineData(-1, -1)]
    public async Task An_expired_CloudSSO_sign_in_asks_to_sign_in_again(int accessToken, int sts)
    {
        await using var service = await CloudSsoAsync();
        WriteCloudSso(service.Address, accessToken, sts);

        var failure = await _home.FailureAsync("default");

        Assert.Equal(CredentialErrorCode.SignInRequired, failure.Code);
        Assert.Contains("aliyun configure --profile default", failure.Message, StringComparison.Ordinal);
        Assert.Empty(service.Requests);
    }

    [Fact]
    public async Task An_expired_CloudSSO_sign_in_still_provides_the_stored_credential_while_it_is_valid()
    {
        await using var service = await CloudSsoAsync();
        WriteCloudSso(service.Address, accessToken: -1, sts: +600);
        var provider = await _home.ResolveAsync();

        Assert.Equal("STS.stored0000001", (await provider.NowAsync()).AccessKeyId);
        _home.Clock.Advance(TimeSpan.FromMinutes(9));
        Assert.Equal("STS.stored0000001", (await provider.NowAsync()).AccessKeyId);
        _home.Clock.Advance(TimeSpan.FromMinutes(2));
        var failure = await Assert.ThrowsAsync<CredentialException>(provider.NowAsync);
        Assert.Equal(CredentialErrorCode.SignInRequired, failure.Code);

        _home.Clock.Advance(TimeSpan.FromMinutes(1));
        WriteCloudSso(service.Address, accessToken: +3600, sts: 0);
        Assert.Equal("STS.exchanged0001", (await provider.NowAsync()).AccessKeyId);
    }

    [Fact]
    public async Task A_CloudSSO_sign_in_that_the_service_rejects_asks_to_sign_in_again()
    {
        await using var service = await LoopbackService.StartAsync(static _ => new ServiceResponse(401, "{}"));
        WriteCloudSso(service.Address, accessToken: +3600, sts: 0);

        Assert.Equal(CredentialErrorCode.SignInRequired, (await _home.FailureAsync("default")).Code);
    }

    [Fact]
    public async Task CloudSSO_does_not_send_its_token_unencrypted()
    {
        using var transport = new RecordingHandler();
        _home.Transport = transport;
        WriteCloudSso(new Uri("http://signin.example"), accessToken: +3600, sts: 0);

        Assert.Equal(CredentialErrorCode.InvalidProfile, (await _home.FailureAsync("default")).Code);
        Assert.Empty(transport.Addresses);
    }

    [Fact]
    public async Task OAuth_provides_the_stored_credential()
    {
        WriteOAuth("CN", accessToken: -1, sts: +1800);

        await CredentialAssert.IsAsync(await _home.CredentialAsync(), "STS.stored0000001", "stored-secret", "stored-token");
    }

    [Fact]
    public async Task OAuth_exchanges_the_access_token()
    {
        await using var service = await OAuthAsync();
        WriteOAuth("intl", accessToken: +3600, sts: -1);

        await CredentialAssert.IsAsync(await _home.CredentialAsync(), "STS.exchanged0001", "new-secret", "new-token");

        var asked = Assert.Single(service.Requests);
        Assert.Equal("POST /v1/exchange", $"{asked.Method} {asked.Path}");
        Assert.Equal("Bearer access-token", asked.Headers["Authorization"]);
    }

    [Fact]
    public async Task OAuth_never_uses_the_refresh_token()
    {
        await using var service = await OAuthAsync();
        WriteOAuth("CN", accessToken: -1, sts: -1);

        Assert.Equal(CredentialErrorCode.SignInRequired, (await _home.FailureAsync("default")).Code);
        Assert.Empty(service.Requests);
    }

    [Fact]
    public async Task OAuth_of_an_unknown_site_is_refused()
    {
        WriteOAuth("MARS", accessToken: +3600, sts: 0);

        Assert.Equal(CredentialErrorCode.InvalidProfile, (await _home.FailureAsync("default")).Code);
    }

    private static Task<LoopbackService> CloudSsoAsync() => LoopbackService.StartAsync(static _ => ServiceResponse.Ok(
        """{"RequestId":"r","CloudCredential":{"AccessKeyId":"STS.exchanged0001","AccessKeySecret":"new-secret","SecurityToken":"new-token","Expiration":"2026-03-01T14:00:00Z"}}"""));

    private async Task<LoopbackService> OAuthAsync()
    {
        var service = await LoopbackService.StartAsync(static _ => ServiceResponse.Ok(
            """{"requestId":"r","accessKeyId":"STS.exchanged0001","accessKeySecret":"new-secret","securityToken":"new-token","expiration":"2026-03-01T14:00:00Z"}"""));
        _home.OAuth = service.Address;
        return service;
    }

    private string WriteCloudSso(Uri address, int accessToken, int sts) => _home.WriteCliProfile(
        $$"""
         "mode":"CloudSSO","cloud_sso_sign_in_url":"{{address}}start/login","cloud_sso_account_id":"account-1","cloud_sso_access_config":"config-1",
         "access_token":"access-token","cloud_sso_access_token_expire":{{Seconds(accessToken)}},{{Stored(sts)}}
        """);

    private void WriteOAuth(string site, int accessToken, int sts) => _home.WriteCliProfile(
        $$"""
         "mode":"OAuth","oauth_site_type":"{{site}}","oauth_refresh_token":"refresh-token",
         "oauth_access_token":"access-token","oauth_access_token_expire":{{Seconds(accessToken)}},{{Stored(sts)}}
        """);

    private string Stored(int sts) =>
        $$""" "access_key_id":"STS.stored0000001","access_key_secret":"stored-secret","sts_token":"stored-token","sts_expiration":{{Seconds(sts)}} """;

    /// <summary>Seconds from now; 0 stays 0, which means unknown.</summary>
    private string Seconds(int fromNow) =>
        (fromNow == 0 ? 0 : _home.Clock.GetUtcNow().AddSeconds(fromNow).ToUnixTimeSeconds()).ToString(CultureInfo.InvariantCulture);
}
