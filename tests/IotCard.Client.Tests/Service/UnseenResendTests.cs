using System.Net;
using System.Net.Sockets;
using System.Text;
using IotCard.Client.Service;
using IotCard.Client.Signing;

namespace IotCard.Client.Tests.Service;

/// <summary>
/// What .NET's own handler does when a kept-open connection is closed under a request: it sends a request without
/// content again by itself. Ours always has content, if an empty one, and cannot be sent twice unseen.
/// </summary>
public sealed class UnseenResendTests
{
    [Fact]
    public async Task The_handler_by_itself_sends_a_POST_without_content_twice()
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
    public async Task A_signed_request_is_sent_once_and_its_answer_is_lost(SignatureMethod method)
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

    /// <summary>Answers the first request of each connection, and closes it once a second one has arrived.</summary>
    private sealed class ClosingServer : IAsyncDisposable
    {
        private static readonly byte[] Response = Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 29\r\n\r\n{\"RequestId\":\"R\",\"Code\":\"OK\"}");

        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _serving;
        private int _requests;

        internal ClosingServer()
        {
            _listener.Start();
            Endpoint = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
            _serving = ServeAsync();
        }

        internal Uri Endpoint { get; }

        internal int Requests => Volatile.Read(ref _requests);

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _serving;
            _listener.Dispose();
            _stop.Dispose();
        }

        private async Task ServeAsync()
        {
            while (!_stop.IsCancellationRequested)
            {
                try
                {
                    using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                    var stream = client.GetStream();
                    if (await ReadRequestAsync(stream))
                    {
                        await stream.WriteAsync(Response, _stop.Token);
                        await ReadRequestAsync(stream);
                    }
                }
                catch (Exception end) when (end is OperationCanceledException or IOException)
                {
                    // Stopped, or the client went away first.
                }
            }
        }

        private async Task<bool> ReadRequestAsync(NetworkStream stream)
        {
            var buffer = new byte[16 * 1024];
            var read = 0;
            while (true)
            {
                var count = await stream.ReadAsync(buffer.AsMemory(read), _stop.Token);
                read += count;
                var text = Encoding.ASCII.GetString(buffer, 0, read);
                var head = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
                if (count == 0)
                {
                    return false;
                }

                if (head >= 0 && read >= head + 4 + BodyLength(text))
                {
                    Interlocked.Increment(ref _requests);
                    return true;
                }
            }
        }

        private static int BodyLength(string head)
        {
            var match = System.Text.RegularExpressions.Regex.Match(head, "Content-Length: ([0-9]+)");
            return match.Success ? int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture) : 0;
        }
    }
}
