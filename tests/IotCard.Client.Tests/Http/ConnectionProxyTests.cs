using System.Net;
using System.Net.Sockets;
using IotCard.Client.Credentials;
using IotCard.Client.Http;
using IotCard.Client.Service;
using IotCard.Client.Tests.Credentials;
using IotCard.Client.Tests.Service;

namespace IotCard.Client.Tests.Http;

public sealed class ConnectionProxyTests
{
    private const string Password = "Pa55wordOfTheProxy!";

    [Theory]
    [InlineData("http://127.0.0.1:8080/")]
    [InlineData("https://127.0.0.1/")]
    [InlineData("http://localhost/")]
    [InlineData("https://localhost:8443/")]
    [InlineData("http://[::1]/")]
    [InlineData("http://dyiotapi.aliyuncs.com/")]
    public void Loopback_and_plain_http_never_go_through_a_proxy(string address)
    {
        var proxy = new ConnectionProxy(new Uri("http://proxy.example:3128"), credentials: null);

        Assert.True(proxy.IsBypassed(new Uri(address)));
        Assert.Null(proxy.GetProxy(new Uri(address)));
    }

    [Fact]
    public void Userinfo_of_the_address_is_its_credential_and_removed_from_the_address()
    {
        var proxy = new ConnectionProxy(new Uri($"http://us%40er:{Uri.EscapeDataString(Password)}@proxy.example:3128"), credentials: null);

        var address = proxy.GetProxy(new Uri("https://dyiotapi.aliyuncs.com"))!;

        Assert.Equal(new Uri("http://proxy.example:3128"), address);
        Assert.Equal("", address.UserInfo);
        var credential = proxy.GetCredential(address, "Basic")!;
        Assert.Equal(("us@er", Password), (credential.UserName, credential.Password));
    }

    [Fact]
    public void A_given_credential_precedes_that_of_the_address()
    {
        var proxy = new ConnectionProxy(new Uri("http://user:x@proxy.example:3128"), new NetworkCredential("given", Password));

        var address = proxy.GetProxy(new Uri("https://dyiotapi.aliyuncs.com"))!;

        Assert.Equal("given", proxy.GetCredential(address, "Basic")!.UserName);
    }

    [Fact]
    public async Task A_proxy_that_answers_407_gets_the_password_and_no_error_shows_it()
    {
        await using var proxy = new SingleResponseServer("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        var address = new UriBuilder(proxy.Endpoint) { UserName = "user", Password = Uri.EscapeDataString(Password) }.Uri;
        using var home = new CredentialHome();
        using var handler = ServiceHandler.Create(address);
        home.Transport = handler;
        home.OfficialSts = true;
        home.WriteCliProfile(""" "mode":"RamRoleArn","access_key_id":"LTAIcliprofile001","access_key_secret":"cli-secret","ram_role_arn":"acs:ram::1:role/r" """);

        var failure = await home.FailureAsync("default");

        Assert.Equal(CredentialErrorCode.ServiceUnreachable, failure.Code);
        Assert.True(proxy.Requests > 0);
        if (ClientBuild.IsForNet)
        {
            Assert.EndsWith("the proxy refused the connection (HTTP 407).", failure.Message, StringComparison.Ordinal);
        }

        for (Exception? e = failure; e is not null; e = e.InnerException)
        {
            Assert.DoesNotContain("Pa55word", e.ToString(), StringComparison.Ordinal);
            Assert.Empty(e.Data);
        }
    }

    [Fact]
    public async Task A_request_to_loopback_does_not_reach_the_proxy()
    {
        await using var proxy = new SingleResponseServer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        await using var service = new SingleResponseServer("HTTP/1.1 204 No Content\r\n\r\n");
        using var handler = ConnectionHandler.Create(proxy.Endpoint);
        using var client = new HttpClient(handler, disposeHandler: false);

        using var response = await client.GetAsync(service.Endpoint, TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.NoContent, 0), (response.StatusCode, proxy.Requests));
    }

    [Fact]
    public void Of_the_platforms_messages_only_those_of_sockets_and_TLS_are_shown()
    {
        var tunnel = new HttpRequestException("The proxy tunnel request to proxy 'http://user:secret@proxy/' failed", new IOException("http://user:secret@proxy/"));
        var refused = new HttpRequestException("secret", new SocketException((int)SocketError.ConnectionRefused));

        Assert.Null(TransportError.FindShowable(tunnel));
        Assert.Equal(SocketError.ConnectionRefused, Assert.IsType<SocketException>(TransportError.FindShowable(refused)).SocketErrorCode);
    }
}
