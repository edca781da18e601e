using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using IotCard.Client.Credentials;
using IotCard.Client.Rules;
using IotCard.Client.Running;
using IotCard.Client.Sending;
using IotCard.Client.Service;
using IotCard.Client.Signing;
using IotCard.Client.Tests.Service;

namespace IotCard.Client.Tests.Running;

/// <summary>A run over a transport that holds every request until the test releases it, so that a test controls what overlaps.</summary>
internal sealed partial class HeldService : HttpMessageHandler
{
    private readonly Lock _gate = new();
    private readonly List<Held> _held = [];
    private readonly List<string> _arrived = [];
    private readonly ServiceTransport _transport;
    private readonly OperationSender _sender;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _peak;

    internal HeldService(int throttleLimit = 4, int window = 1000, bool stopsAtFailure = false)
    {
        _transport = new ServiceTransport(() => new SharedHandler(this), TimeProvider.System, TimeSpan.FromMinutes(5));
        _sender = new OperationSender(
            new SenderOptions { MaximumRetryCount = 0, OutageTimeout = TimeSpan.Zero, MaximumInFlight = throttleLimit }, new StaticCredentialProvider(new Credential("id", "secret")), _transport);
        _sender.Circuit.Close();
        Run = new BindingRun(_sender, new RunOptions { ThrottleLimit = throttleLimit, Window = window, StopsAtFailure = stopsAtFailure });
    }

    internal BindingRun Run { get; }

    internal int Peak
    {
        get
        {
            lock (_gate)
            {
                return _peak;
            }
        }
    }

    /// <summary>The cards whose requests have arrived, in that order.</summary>
    internal IReadOnlyList<string> Arrived
    {
        get
        {
            lock (_gate)
            {
                return [.. _arrived];
            }
        }
    }

    /// <summary>The cards whose requests are in flight, in order of arrival.</summary>
    internal IReadOnlyList<string> InFlight
    {
        get
        {
            lock (_gate)
            {
                return [.. _held.Select(h => h.Iccid)];
            }
        }
    }

    /// <summary>Waits until this many requests are in flight.</summary>
    internal async Task WaitUntilInFlightAsync(int count)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_held.Count == count)
                {
                    return;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Responds to a card's request.</summary>
    internal void Respond(string iccid, string code = "OK")
    {
        lock (_gate)
        {
            var held = _held.First(h => h.Iccid == iccid);
            _held.Remove(held);
            Signal();
            held.Response.SetResult(code);
        }
    }

    /// <summary>Responds to whatever arrives, at once.</summary>
    internal async Task RespondToAllAsync(Func<int, int>? choose = null)
    {
        while (!Run.IsEmpty)
        {
            string? next = null;
            lock (_gate)
            {
                if (_held.Count > 0)
                {
                    next = _held[choose?.Invoke(_held.Count) ?? 0].Iccid;
                }
            }

            if (next is not null)
            {
                Respond(next);
            }

            while (Run.TryDequeue(out var result))
            {
                Results.Add(result);
            }

            await Task.Yield();
        }
    }

    internal List<Row> Results { get; } = [];

    internal async Task<Row> TakeAsync()
    {
        Row? result;
        while (!Run.TryDequeue(out result))
        {
            await Run.WaitForNextAsync().WaitAsync(TestContext.Current.CancellationToken);
        }

        Results.Add(result);
        return result;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await request.Content!.ReadAsByteArrayAsync(cancellationToken);
        var held = new Held(Iccid().Match(request.RequestUri!.Query).Groups[1].Value);
        lock (_gate)
        {
            _held.Add(held);
            _arrived.Add(held.Iccid);
            _peak = Math.Max(_peak, _held.Count);
            Signal();
        }

        var code = await held.Response.Task.WaitAsync(cancellationToken);
        if (code.Length == 0)
        {
            throw new HttpRequestException(HttpRequestError.ResponseEnded);
        }

        var body = $$"""{"Code":"{{code}}","Message":"m","IotModBind":{"IsModSuccess":true} }""";
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(Sending.Responses.WithRequestId(body), Encoding.UTF8) };
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Run.Dispose();
            _sender.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Signal()
    {
        _changed.TrySetResult();
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    [GeneratedRegex("Iccid=([0-9A-Za-z]+)")]
    private static partial Regex Iccid();

    private sealed class Held(string iccid)
    {
        internal string Iccid { get; } = iccid;

        internal TaskCompletionSource<string> Response { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
