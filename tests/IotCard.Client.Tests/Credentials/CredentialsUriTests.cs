using IotCard.Client.Tests.Service;

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
    [InlineData(200, """{"Code":"Failed","AccessKeyId":"STS.1","AccessKeySecret":"KEEPOUT","SecurityToken":"t","Expiration":"2026-03-01T13:00:00Z"}""")]
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

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("http://example.com/?key=KEEPOUT")]
    [InlineData("http://10.0.0.1/")]
    [InlineData("http://100.100.100.200/")]
    [InlineData("http://[2001:db8::1]/")]
    [InlineData("http://169.254.1.1.example.com/")]
    [InlineData("nonsense KEEPOUT")]
    public async Task An_address_that_a_credential_must_not_come_from_is_not_asked(string address)
    {
        using var transport = new RecordingHandler();
        _home.Transport = transport;
        _home.Variables[Variable] = address;

        var failure = await _home.FailureAsync();

        Assert.Contains("the address must be https", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("KEEPOUT", failure.ToString(), StringComparison.Ordinal);
        Assert.Empty(transport.Addresses);
    }

    [Theory]
    [InlineData("https://example.com/")]
    [InlineData("http://localhost:1234/")]
    [InlineData("http://[::1]/")]
    [InlineData("http://169.254.170.2/credential")]
    [InlineData("http://[fe80::1]/")]
    public async Task Loopback_and_link_local_addresses_may_use_plain_http(string address)
    {
        using var transport = new RecordingHandler();
        _home.Transport = transport;
        _home.Variables[Variable] = address;

        await _home.FailureAsync();

        Assert.Single(transport.Addresses);
    }

    [Theory]
    [InlineData("a byte order mark", "", new byte[] { 0xEF, 0xBB, 0xBF, (byte)'{', (byte)'}' })]
    [InlineData("a byte order mark", "", new byte[] { 0xFF, 0xFE, (byte)'{', 0 })]
    [InlineData("a compressed or otherwise encoded body", "gzip", new byte[] { 0x1F, 0x8B })]
    public async Task A_body_that_is_no_plain_text_is_named(string defect, string encoding, byte[] body)
    {
        using var response = new HttpResponseMessage { Content = new ByteArrayContent(body) };
        if (encoding.Length > 0)
        {
            response.Content.Headers.ContentEncoding.Add(encoding);
        }

        using var transport = new StubHandler((_, _) => Task.FromResult(response));
        _home.Transport = transport;
        _home.Variables[Variable] = "https://example.com/";

        Assert.Contains($"example.com responded with {defect}", (await _home.FailureAsync()).Message, StringComparison.Ordinal);
    }
}
