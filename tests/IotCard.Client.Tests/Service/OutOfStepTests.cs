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
    /// The first request gets a response that was seen before, and the thread that reads it is held up. Its connection
    /// is already free: the next request may have received the first one's response on it, complete and never seen
    /// before.
    /// </summary>
    [Fact]
    public async Task A_response_is_not_trusted_before_those_that_began_to_arrive_earlier_were_examined()
    {
        var heldUp = new HeldUpContent(Ok("seen"));
        var responses = new Queue<HttpContent>([new StringContent(Ok("seen")), heldUp, new StringContent(Ok("new"))]);
        using var handler = new StubHandler((_, _) => Task.FromResult(new HttpResponseMessage { Content = responses.Dequeue() }));
        using var transport = new ServiceTransport(() => new SharedHandler(handler), TimeProvider.System, Patience);
        await SendAsync(transport);

        var repeated = SendAsync(transport);
        await heldUp.IsRead.WaitAsync(Patience, TestContext.Current.CancellationToken);
        var next = SendAsync(transport);
        Assert.False(next.IsCompleted);
        heldUp.GoOn();

        Assert.Equal(AttemptCode.ResponseOutOfStep, (await repeated).Code);
        Assert.Equal(AttemptCode.ResponseOutOfStep, (await next).Code);
    }

    [Fact]
    public async Task A_response_that_never_ends_delays_the_others_only_until_its_timeout()
    {
        var heldUp = new HeldUpContent(Ok("slow"));
        var responses = new Queue<HttpContent>([heldUp, new StringContent(Ok("quick"))]);
        using var handler = new StubHandler((_, _) => Task.FromResult(new HttpResponseMessage { Content = responses.Dequeue() }));
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        using var transport = new ServiceTransport(() => new SharedHandler(handler), clock, TimeSpan.FromSeconds(10));

        var slow = SendAsync(transport);
        await heldUp.IsRead.WaitAsync(Patience, TestContext.Current.CancellationToken);
        var quick = SendAsync(transport);
        clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Null((await slow.WaitAsync(Patience, TestContext.Current.CancellationToken)).Response);
        Assert.Equal("OK", (await quick.WaitAsync(Patience, TestContext.Current.CancellationToken)).Code);
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
