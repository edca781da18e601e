
namespace IotCard.Client.Tests.Credentials;

public sealed class CredentialsUriTests : IDisposable
{
    private const string Variable = "ALIBABA_CLOUD_CREDENTIALS_URI";

    private readonly CredentialHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task The_service_that_it_names_is_queried()
    {
        await using var service = await LoopbackService.StartAsync(static _ => ServiceResponse.Ok(
            """{"AccessKeyId":"STS.fromuri000001","AccessKeySecret":"uri-secret","SecurityToken":"uri-token","Expiration":"2026-03-01T13:00:00Z"}"""));
        _home.Variables[Variable] = new Uri(service.Address, "/some/path?key=1").AbsoluteUri;

        var provider = await _home.ResolveAsync();
        var credential = await provider.NowAsync();

        await CredentialAssert.IsAsync(credential, "STS.fromuri000001", "uri-secret", "uri-token");
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 13, 0, 0, TimeSpan.Zero), credential.Expiration);
        Assert.Equal("credentials URI", provider.Source);
        var asked = Assert.Single(service.Requests);
        Assert.Equal("GET /some/path key=1", $"{asked.Method} {asked.Path} {asked.RawQuery}");
    }

    [Theory]
    [InlineData(200, "no JSON")]
    [InlineData(200, """{"AccessKeyId":"STS.1","AccessKeySecret":"KEEPOUT"}""")]
    [InlineData(200, """{"AccessKeyId":"STS.1","AccessKeySecret":"KEEPOUT","SecurityToken":"t","Expiration":"tomorrow"}""")]
    [InlineData(200, """{"AccessKeyId":"STS.1","AccessKeySecret":"KEEPOUT","SecurityToken":"t","Expiration":"2026-03-01T11:59:59Z"}""")]
    [InlineData(302, "")]
    [InlineData(500, "KEEPOUT")]
    public async Task The_error_of_an_invalid_response_shows_neither_its_text_nor_the_query_of_the_address(int status, string body)
    {
        await using var service = await LoopbackService.StartAsync(_ => new ServiceResponse(status, body));
        _home.Variables[Variable] = new Uri(service.Address, "/?key=KEEPOUT").AbsoluteUri;

        var failure = await _home.FailureAsync();

        Assert.Contains("credentials URI", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("KEEPOUT", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_an_address_is_not_queried()
    {
        _home.Variables[Variable] = "file:///etc/passwd";

        Assert.Contains("not an http or https address", (await _home.FailureAsync()).Message, StringComparison.Ordinal);
    }
}
