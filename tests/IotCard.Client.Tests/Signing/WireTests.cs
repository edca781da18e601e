using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using IotCard.Client.Rules;
using IotCard.Client.Service;
using IotCard.Client.Signing;
using IotCard.Client.Tests.Service;

namespace IotCard.Client.Tests.Signing;

/// <summary>
/// What .NET puts on the wire is exactly what was signed: the host, which the transport writes, and the query. The
/// signature is computed here again, from the bytes that arrived.
/// </summary>
public sealed class WireTests
{
    [Theory]
    [InlineData("http://dyiotapi.aliyuncs.com", "dyiotapi.aliyuncs.com")]
    [InlineData("http://dyiotapi.aliyuncs.com:8080", "dyiotapi.aliyuncs.com:8080")]
    [InlineData("http://DYIOTAPI.aliyuncs.com:80", "dyiotapi.aliyuncs.com")]
    [InlineData("http://127.0.0.1:5000", "127.0.0.1:5000")]
    [InlineData("http://[::1]:5000", "[::1]:5000")]
    [InlineData("http://[::1]", "[::1]")]
    [InlineData("http://物联卡.example", "xn--hlrz53eorj.example")]
    public async Task The_request_that_arrives_has_the_signature_of_what_arrives(string endpoint, string host)
    {
        var call = new ApiRequest(
            new ApiAction(new Uri(endpoint), "Action", "2017-11-11"),
            [new("Plain", "a-b_c.d~e"), new("Odd", "a b+c*d/e%2F..//./ü物#?&=")]);

        var head = await HeadOnTheWire(call);

        Assert.Equal(host, head.Headers["Host"]);
        Assert.Matches(@"^IotCard/\d+\.\d+\.\d+ \(nonce nonce1\)$", head.Headers["User-Agent"]);
        Assert.Equal("Odd=a%20b%2Bc%2Ad%2Fe%252F..%2F%2F.%2F%C3%BC%E7%89%A9%23%3F%26%3D&Plain=a-b_c.d~e", head.Query);
        Assert.EndsWith(",Signature=" + SignatureOf(head, "testsecret"), head.Headers["Authorization"]);
    }

    private static string SignatureOf(Head head, string secret)
    {
        var names = head.Headers["Authorization"].Split("SignedHeaders=")[1].Split(',')[0].Split(';');
        var canonical = "POST\n/\n" + head.Query + "\n"
            + string.Concat(names.Select(name => name + ":" + head.Headers[name] + "\n"))
            + "\n" + string.Join(';', names) + "\n" + head.Headers["x-acs-content-sha256"];
        var text = "ACS3-HMAC-SHA256\n" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));
        return Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>Sends a call to any host over a connection to a listener here, and reads what arrives.</summary>
    private static async Task<Head> HeadOnTheWire(ApiRequest call)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        using var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            ConnectCallback = async (_, token) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(IPAddress.Loopback, port, token);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        using var transport = new ServiceTransport(() => new SharedHandler(handler), TimeProvider.System, TimeSpan.FromSeconds(30));
        var request = new RequestSigner(SignatureMethod.Acs3HmacSha256)
            .Sign(call, new Credential("testid", "testsecret", "a+token/with=signs"), "nonce1", new DateTimeOffset(2026, 3, 14, 12, 0, 0, TimeSpan.Zero));

        var sending = transport.SendAsync(request, cancellationToken);
        using var connection = await listener.AcceptTcpClientAsync(cancellationToken);
        using var reader = new StreamReader(connection.GetStream(), Encoding.Latin1);
        var first = await reader.ReadLineAsync(cancellationToken);
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (await reader.ReadLineAsync(cancellationToken) is { Length: > 0 } line)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            headers.Add(line[..colon], line[(colon + 1)..].Trim());
        }

        await connection.GetStream().WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 29\r\n\r\n{\"RequestId\":\"R\",\"Code\":\"OK\"}"u8.ToArray(), cancellationToken);
        Assert.Equal(AttemptStatus.Answered, (await sending).Status);
        return new Head(first!.Split(' ')[1].Split('?', 2)[1], headers);
    }

    private sealed record Head(string Query, IReadOnlyDictionary<string, string> Headers);
}
