using System.Net;
using System.Web;
using IotCard.Client.Cards;
using IotCard.Client.Credentials;
using IotCard.Client.Rules;
using IotCard.Client.Running;
using IotCard.Client.Sending;
using IotCard.Client.Service;
using IotCard.Client.Signing;
using IotCard.Client.Tests.Service;

namespace IotCard.Client.Tests.Running;

/// <summary>A run over a transport that holds every request, identified by its whole row, until the test responds to it.</summary>
internal sealed class WatchedService : HttpMessageHandler
{
    private readonly Lock _gate = new();
    private readonly Dictionary<BindingRow, TaskCompletionSource<(string Body, int Status)>> _inFlight = [];
    private readonly ServiceTransport _transport;
    private readonly OperationSender _sender;
    private TaskCompletionSource _changed = NewSource();
    private int _arrived;

    internal WatchedService(RunOptions options, ICredentialProvider? credentials = null, bool isReachable = true, CancellationToken inFlight = default)
    {
        _transport = new ServiceTransport(() => new SharedHandler(this), TimeProvider.System, TimeSpan.FromMinutes(5));
        _sender = new OperationSender(
            new SenderOptions { MaximumRetryCount = 0, OutageTimeout = TimeSpan.Zero, MaximumInFlight = options.ThrottleLimit, InFlight = inFlight },
            credentials ?? new StaticCredentialProvider(new Credential("id", "secret")),
            _transport);
        if (isReachable)
        {
            _sender.Circuit.Close();
        }

        Run = new BindingRun(_sender, options);
    }

    internal BindingRun Run { get; }

    /// <summary>How many requests have arrived so far.</summary>
    internal int Arrived
    {
        get
        {
            lock (_gate)
            {
                return _arrived;
            }
        }
    }

    internal IReadOnlyCollection<BindingRow> InFlight
    {
        get
        {
            lock (_gate)
            {
                return [.. _inFlight.Keys];
            }
        }
    }

    /// <summary>Waits until this many requests have arrived.</summary>
    internal async Task WaitUntilArrivedAsync(int count)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_arrived >= count)
                {
                    return;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Responds to a row's request with a body; with none, its connection is cut.</summary>
    internal void Respond(BindingRow row, string body, int status = 200)
    {
        TaskCompletionSource<(string Body, int Status)> response;
        lock (_gate)
        {
            _inFlight.Remove(row, out response!);
        }

        response.SetResult((body, status));
    }

    /// <summary>Responds to whatever arrives until the run is done.</summary>
    internal async Task RespondToAllAsync(string body)
    {
        var done = Run.WaitForAllAsync();
        while (!done.IsCompleted)
        {
            Task changed;
            lock (_gate)
            {
                changed = _changed.Task;
            }

            foreach (var row in InFlight)
            {
                Respond(row, body);
            }

            await Task.WhenAny(done, changed);
        }
    }

    /// <summary>Dequeues this many outcomes.</summary>
    internal async Task<List<Row>> TakeAsync(int count)
    {
        var results = new List<Row>();
        while (results.Count < count)
        {
            await Run.WaitForNextAsync().WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
            while (Run.TryDequeue(out var result))
            {
                results.Add(result);
            }
        }

        return results;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await request.Content!.ReadAsByteArrayAsync(cancellationToken);
        var response = new TaskCompletionSource<(string Body, int Status)>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _inFlight.Add(RowOf(request.RequestUri!), response);
            _arrived++;
            _changed.SetResult();
            _changed = NewSource();
        }

        var (body, status) = await response.Task.WaitAsync(cancellationToken);
        return body.Length == 0
            ? throw new HttpRequestException(HttpRequestError.ResponseEnded)
            : new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(Sending.Responses.WithRequestId(body)) };
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

    private static BindingRow RowOf(Uri uri)
    {
        var query = HttpUtility.ParseQueryString(uri.Query);
        return query["OpionType"] == "chgBind"
            ? BindingRow.Rebind(query["Iccid"], query["Imei"], query["NewImei"])
            : BindingRow.Unbind(query["Iccid"], query["Imei"]);
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
