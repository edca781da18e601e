using System.Net;
using System.Net.Sockets;
using IotCard.Client.Http;
using IotCard.Client.Rules;
using IotCard.Client.Service;
using IotCard.Client.Tests.Service;
using Microsoft.Extensions.Time.Testing;

namespace IotCard.Client.Tests.Http;

public sealed class ConnectionProbeTests
{
    private static readonly Uri Service = new("https://service.example/");
    private static readonly Uri Proxy = new("http://proxy.example:3128/");

    private readonly FakeTimeProvider _clock = new();
    private readonly List<string> _connected = [];

    [Fact]
    public async Task A_connection_that_never_comes_about_is_no_lost_response()
    {
        var never = new TaskCompletionSource();
        using var sender = Create(_ => never.Task);

        var sending = Send(sender);
        _clock.Advance(TimeSpan.FromSeconds(5));
        var failure = await Assert.ThrowsAsync<TaskCanceledException>(() => sending);

        var result = TransportFailure.ToResult(failure, sendingBegan: false, timedOut: false);
        Assert.Equal((AttemptStatus.NotConnected, AttemptCode.ConnectTimeout), (result.Status, result.Code));
    }

    [Fact]
    public async Task It_tries_again_once_no_response_has_arrived_for_a_while()
    {
        using var sender = Create(static _ => Task.CompletedTask);

        await Send(sender);
        _clock.Advance(TimeSpan.FromSeconds(19));
        await Send(sender);
        _clock.Advance(TimeSpan.FromSeconds(21));
        await Send(sender);

        Assert.Equal(["service.example:443", "service.example:443"], _connected);
    }

    [Fact]
    public async Task It_connects_to_the_proxy_if_there_is_one()
    {
        using var sender = Create(static _ => Task.CompletedTask, Proxy);

        await Send(sender);

        Assert.Equal(["proxy.example:3128"], _connected);
    }

    [Fact]
    public async Task What_is_wrong_otherwise_the_handler_finds_out_itself()
    {
        using var sender = Create(static _ => Task.FromException(new SocketException((int)SocketError.ConnectionRefused)));

        Assert.Equal(HttpStatusCode.NoContent, await Send(sender));
    }

    [Fact]
    public async Task This_machine_is_not_probed()
    {
        using var sender = Create(static _ => Task.CompletedTask);

        await Send(sender, new Uri("http://127.0.0.1:1/"));

        Assert.Empty(_connected);
    }

    private HttpMessageInvoker Create(Func<string, Task> connect, Uri? proxy = null)
    {
        var handler = new StubHandler(static (_, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.NoContent)));
        return new HttpMessageInvoker(new ConnectionProbe(
            handler,
            _ => proxy,
            (host, port) =>
            {
                _connected.Add($"{host}:{port}");
                return connect(host);
            },
            TimeSpan.FromSeconds(5),
            _clock));
    }

    private static async Task<HttpStatusCode> Send(HttpMessageInvoker sender, Uri? address = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address ?? Service);
        using var response = await sender.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
