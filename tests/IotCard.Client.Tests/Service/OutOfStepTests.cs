using System.Net;
using System.Text;
using IotCard.Client.Rules;
using IotCard.Client.Service;
using IotCard.Client.Signing;

namespace IotCard.Client.Tests.Service;

/// <summary>Responses that are delivered for the wrong requests.</summary>
public sealed class OutOfStepTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The response on a connection is complete, but not examined yet: it may belong to another request. The next request
    /// must not get this connection, on which its predecessor's response would then be its own, never seen before.
    /// </summary>
    [Fact]
    public async Task A_connection_carries_no_request_before_the_last_response_on_it_was_examined()
    {
        var heldUp = new HeldUpContent(Ok("seen"));
        var responses = new Queue<HttpContent>([new StringContent(Ok("seen")), heldUp, new StringContent(Ok("new")), new StringContent(Ok("newer"))]);
        var connections = new List<int>();
        using var transport = Transport(connections, responses);
        await SendAsync(transport);

        var repeated = SendAsync(transport);
        await heldUp.IsRead.WaitAsync(Patience, TestContext.Current.CancellationToken);
        var next = await SendAsync(transport);
        heldUp.GoOn();
        var last = await SendAsync(transport);

        Assert.Equal(AttemptCode.ResponseOutOfStep, (await repeated).Code);
        Assert.Equal(("OK", "OK"), (next.Code, last.Code));
        Assert.Equal([0, 0, 1, 1], connections);
    }

    /// <summary>
    /// Whatever else than the service's own answer came, it may come twice, if the network delivered its request twice: a
    /// refusal in the place of the next request's answer would let that one be signed anew although it was executed.
    /// </summary>
    [Theory]
    [InlineData("""{"RequestId":"r","Code":"Throttling.User"}""", 429)]
    [InlineData("""{"RequestId":"r","Code":"SignatureNonceUsed"}""", 400)]
    [InlineData("""{"RequestId":"r","Code":"InvalidTimeStamp.Expired"}""", 400)]
    [InlineData("""{"RequestId":"r","Code":"SomethingNew"}""", 400)]
    [InlineData("""{"RequestId":"r","Code":"ServiceUnavailable"}""", 503)]
    [InlineData("<html>", 502)]
    public async Task A_connection_carries_no_request_after_anything_but_an_answer_of_the_service(string body, int status)
    {
        var responses = new Queue<HttpContent>([new StringContent(Ok("1")), new StringContent(body), new StringContent(Ok("2")), new StringContent(Ok("3"))]);
        var connections = new List<int>();
        using var transport = Transport(connections, responses, status);

        for (var i = 0; i < 4; i++)
        {
            await SendAsync(transport);
        }

        Assert.Equal([0, 0, 1, 1], connections);
    }

    [Fact]
    public async Task A_response_that_never_ends_delays_no_other_one()
    {
        var heldUp = new HeldUpContent(Ok("slow"));
        var responses = new Queue<HttpContent>([heldUp, new StringContent(Ok("quick"))]);
        using var handler = new StubHandler((_, _) => Task.FromResult(new HttpResponseMessage { Content = responses.Dequeue() }));
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        using var transport = new ServiceTransport(() => new SharedHandler(handler), clock, TimeSpan.FromSeconds(10));

        var slow = SendAsync(transport);
        await heldUp.IsRead.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal("OK", (await SendAsync(transport).WaitAsync(Patience, TestContext.Current.CancellationToken)).Code);
        Assert.False(slow.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Null((await slow.WaitAsync(Patience, TestContext.Current.CancellationToken)).Response);
    }

    /// <summary>A transport that notes on which of its connections each request was sent.</summary>
    private static ServiceTransport Transport(List<int> connections, Queue<HttpContent> responses, int statusOfRefusal = 200)
    {
        var opened = 0;
        return new ServiceTransport(
            () =>
            {
                var connection = opened++;
                return new StubHandler(async (request, cancellationToken) =>
                {
                    connections.Add(connection);
                    await request.Content!.ReadAsByteArrayAsync(cancellationToken);
                    var status = responses.Count == 3 ? (HttpStatusCode)statusOfRefusal : HttpStatusCode.OK;
                    return new HttpResponseMessage(status) { Content = responses.Dequeue() };
                });
            },
            TimeProvider.System,
            Patience);
    }

    private static string Ok(string id) => $$$"""{"RequestId":"{{{id}}}","Code":"OK","IotModBind":{"IsModSuccess":true}}""";

    private static Task<AttemptResult> SendAsync(ServiceTransport transport) => transport.SendAsync(
        new RequestSigner(SignatureMethod.Acs3HmacSha256).Sign(
            new ApiRequest(new ApiAction(new Uri("http://127.0.0.1:1"), "A", "1")), new Credential("id", "secret"), "n", DateTimeOffset.UtcNow),
        CancellationToken.None);

    /// <summary>A body whose reader is held up after its last byte.</summary>
    private sealed class HeldUpContent(string text) : HttpContent
    {
        private readonly TaskCompletionSource _read = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal Task IsRead => _read.Task;

        internal void GoOn() => _goOn.TrySetResult();

        protected override Task<Stream> CreateContentReadStreamAsync() =>
            Task.FromResult<Stream>(new HeldUpStream(this, Encoding.UTF8.GetBytes(text)));

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => throw new NotSupportedException();

        protected override bool TryComputeLength(out long length) => (length = -1) > 0;

        private sealed class HeldUpStream(HeldUpContent content, byte[] bytes) : MemoryStream(bytes)
        {
            public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
            {
                var count = Read(buffer.Span);
                await WaitAsync(count, cancellationToken);
                return count;
            }

            public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
            {
                var read = Read(buffer, offset, count);
                await WaitAsync(read, cancellationToken);
                return read;
            }

            private async Task WaitAsync(int count, CancellationToken cancellationToken)
            {
                if (count == 0)
                {
                    content._read.TrySetResult();
                    await content._goOn.Task.WaitAsync(cancellationToken);
                }
            }
        }
    }
}
