using System.Net.Sockets;
using System.Text;
using IotCard.Client.Rules;
using IotCard.Client.Service;
using IotCard.Client.Signing;

namespace IotCard.Client.Tests.Service;

/// <summary>
/// What .NET's own handler does when a kept-open connection is closed during a request: it resends a request without
/// content on its own. Ours always has content, even if empty, and cannot be sent twice unnoticed.
/// </summary>
public sealed class UnseenResendTests
{
    [Fact]
    public async Task The_handler_on_its_own_sends_a_POST_without_content_twice()
    {
        await using var server = new ClosingServer();
        using var client = new HttpClient(ServiceHandler.Create());

        using var first = await client.PostAsync(server.Endpoint, content: null, TestContext.Current.CancellationToken);
        using var second = await client.PostAsync(server.Endpoint, content: null, TestContext.Current.CancellationToken);

        Assert.Equal(3, server.Requests);
    }

    [Theory]
    [InlineData(SignatureMethod.Acs3HmacSha256)]
    [InlineData(SignatureMethod.HmacSha1)]
    public async Task A_signed_request_is_sent_once_and_its_response_is_lost(SignatureMethod method)
    {
        await using var server = new ClosingServer();
        using var transport = new ServiceTransport(static () => ServiceHandler.Create(), TimeProvider.System, TimeSpan.FromSeconds(30));

        var first = await transport.SendAsync(Sign(server.Endpoint, method, "n1"), TestContext.Current.CancellationToken);
        var second = await transport.SendAsync(Sign(server.Endpoint, method, "n2"), TestContext.Current.CancellationToken);

        Assert.Equal(AttemptStatus.Answered, first.Status);
        Assert.Equal((AttemptStatus.Lost, AttemptCode.ConnectionLost), (second.Status, second.Code));
        Assert.Equal(2, server.Requests);
    }

    private static SignedRequest Sign(Uri endpoint, SignatureMethod method, string nonce) =>
        new RequestSigner(method).Sign(new ApiRequest(new ApiAction(endpoint, "A", "1")), new Credential("id", "secret"), nonce, DateTimeOffset.UtcNow);

    /// <summary>Responds to the first request of each connection, and closes it once a second one has arrived.</summary>
    private sealed class ClosingServer : LoopbackServer
    {
        private static readonly byte[] Response = Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 29\r\n\r\n{\"RequestId\":\"R\",\"Code\":\"OK\"}");

        private int _requests;

        internal int Requests => Volatile.Read(ref _requests);

        private protected override async Task ServeAsync(NetworkStream connection, CancellationToken stop)
        {
            if (await CountRequestAsync(connection, stop))
            {
                await connection.WriteAsync(Response, stop);
                await CountRequestAsync(connection, stop);
            }
        }

        private async Task<bool> CountRequestAsync(NetworkStream connection, CancellationToken stop)
        {
            var hasArrived = await ReadRequestAsync(connection, stop) is not null;
            Interlocked.Add(ref _requests, hasArrived ? 1 : 0);
            return hasArrived;
        }
    }
}
