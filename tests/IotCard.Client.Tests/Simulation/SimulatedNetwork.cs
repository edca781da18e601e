using System.Net;
using System.Text;
using IotCard.Client.Polyfills;

namespace IotCard.Client.Tests.Simulation;

/// <summary>
/// The way to the gateway and back, with everything that can happen on it. Each connection is a pipe: whatever comes back on
/// it is read by the request that waits there.
/// </summary>
internal sealed class SimulatedNetwork(SimulatedTime time, Random random, SimulatedGateway gateway)
{
    private readonly SimulatedTime _time = time;
    private readonly Random _random = random;
    private readonly SimulatedGateway _gateway = gateway;

    /// <summary>The share of the requests that meet something.</summary>
    internal double Trouble { get; set; }

    /// <summary>Until when no connection comes about, and why.</summary>
    internal (DateTimeOffset Until, HttpRequestError Error) Refusal { get; set; }

    /// <summary>Operations of which a request has left.</summary>
    internal HashSet<string> Left { get; } = [];

    /// <summary>Operations whose own answer, which says whether they were carried out, has arrived whole.</summary>
    internal HashSet<string> Answered { get; } = [];

    internal int Faults { get; private set; }

    /// <summary>Of each operation the requests that left and of which it is not known that they were refused, and since when there are none.</summary>
    internal Dictionary<string, (int Open, DateTimeOffset Since)> Requests { get; } = new(StringComparer.Ordinal);

    private void Count(string operation, int change) =>
        Requests[operation] = (Requests.GetValueOrDefault(operation).Open + change, _time.GetUtcNow());

    internal HttpMessageHandler Connect() => new Connection(this);

    private sealed class Connection(SimulatedNetwork network) : HttpMessageHandler
    {
        private readonly Queue<SimulatedResponse> _pipe = new();
        private SimulatedResponse? _last;
        private bool _isOpen;

        private SimulatedTime Time => network._time;

        private Random Random => network._random;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage message, CancellationToken cancellationToken)
        {
            if (!_isOpen)
            {
                await WaitAsync(TimeSpan.FromMilliseconds(20), cancellationToken).ConfigureAwait(false);
                if (Time.GetUtcNow() < network.Refusal.Until)
                {
                    network.Faults++;
                    if (message.RequestUri!.Query.Length > 0)
                    {
                        network.Count(SimulatedRequest.Read(message, body: "").Operation, change: 0);
                    }

                    throw new HttpRequestException(network.Refusal.Error);
                }

                _isOpen = true;
            }

            var body = await message.Content!.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
            var request = SimulatedRequest.Read(message, body);
            network.Left.Add(request.Operation);
            network.Count(request.Operation, change: 1);
            var fault = Random.NextDouble() < network.Trouble ? Random.Next(1, 9) : 0;
            network.Faults += fault > 0 ? 1 : 0;
            await WaitAsync(TimeSpan.FromMilliseconds(Random.Next(10, 80)), cancellationToken).ConfigureAwait(false);
            switch (fault)
            {
                case 1:
                    // Lost on its way.
                    throw new HttpRequestException(HttpRequestError.ResponseEnded);
                case 2:
                    // Held up on its way; it arrives when the client may have given it up.
                    Time.After(TimeSpan.FromSeconds(Random.Next(1, 30)), () => network._gateway.Receive(request), isOfWorld: true);
                    await WaitAsync(TimeSpan.FromHours(1), cancellationToken).ConfigureAwait(false);
                    break;
                case 3:
                    // Carried out, and the answer is lost.
                    network._gateway.Receive(request);
                    throw new HttpRequestException(HttpRequestError.ResponseEnded);
                case 4:
                    // Delivered twice; the second answer comes back.
                    _pipe.Enqueue(network._gateway.ReceiveAgain(network._gateway.Receive(request)));
                    break;
                case 5:
                    // Delivered twice; both answers come back, the second when the connection may carry another request.
                    _pipe.Enqueue(network._gateway.Receive(request));
                    _pipe.Enqueue(network._gateway.ReceiveAgain(_pipe.Peek()));
                    break;
                case 6 when _last is not null:
                    // The last answer once more, from here on each answer belongs to the request before.
                    _pipe.Enqueue(_last);
                    break;
                case 7:
                    // A proxy answers in the gateway's place.
                    network._gateway.Receive(request);
                    return Respond(new SimulatedResponse(request, "", 502, "<html>Bad Gateway</html>"), isStalled: false);
            }

            if (fault is not (4 or 5))
            {
                _pipe.Enqueue(network._gateway.Receive(request));
            }

            _last = _pipe.Dequeue();
            if (fault == 8)
            {
                return Respond(_last, isStalled: true);
            }

            if (_last.To.Nonce == request.Nonce && _last.Code is "OK")
            {
                network.Answered.Add(request.Operation);
            }

            if (_last.To.Nonce == request.Nonce && _last.Code is "Throttling.User" or "InvalidTimeStamp.Expired")
            {
                network.Count(request.Operation, change: -1);
            }

            return Respond(_last, isStalled: false);
        }

        private static HttpResponseMessage Respond(SimulatedResponse response, bool isStalled)
        {
            var bytes = Encoding.UTF8.GetBytes(response.Body);
            return new HttpResponseMessage((HttpStatusCode)response.Status)
            {
                Content = isStalled ? new StreamContent(new StalledStream(bytes[..(bytes.Length / 2)])) : new ByteArrayContent(bytes),
            };
        }

        private Task WaitAsync(TimeSpan delay, CancellationToken cancellationToken) => Time.WaitAsync(delay, cancellationToken);
    }

    /// <summary>A body that stops after its first half.</summary>
    private sealed class StalledStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = Read(buffer.Span);
            if (count == 0)
            {
                var stalled = new TaskCompletionSource();
                using var registration = cancellationToken.Register(() => stalled.TrySetCanceled(cancellationToken));
                await stalled.Task.ConfigureAwait(false);
            }

            return count;
        }
    }
}
