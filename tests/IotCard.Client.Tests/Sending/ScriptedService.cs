using System.Net;
using System.Net.Sockets;
using System.Text;
using IotCard.Client.Cards;
using IotCard.Client.Credentials;
using IotCard.Client.Queries;
using IotCard.Client.Rules;
using IotCard.Client.Sending;
using IotCard.Client.Service;
using IotCard.Client.Signing;
using IotCard.Client.Tests.Service;
using Microsoft.Extensions.Time.Testing;

namespace IotCard.Client.Tests.Sending;

/// <summary>A sender over a transport that ends each attempt as scripted by a test, and keeps what was sent.</summary>
internal sealed class ScriptedService : HttpMessageHandler
{
    internal const string Ok = """{"Code":"OK","Message":"OK","IotModBind":{"IsModSuccess":true}}""";

    internal static readonly BindingRow Row = BindingRow.Unbind("89860412345678901234", "490154203237518");

    private readonly Queue<Func<HttpResponseMessage>> _ends = new();
    private readonly CancellationTokenSource _inFlight = new();
    private readonly ServiceTransport _transport;
    private Action? _onRefusal;
    private HttpRequestError _refusal = HttpRequestError.ConnectionError;

    internal ScriptedService(
        int maximumRetryCount = 3,
        SignatureMethod method = SignatureMethod.Acs3HmacSha256,
        ICredentialProvider? credentials = null,
        int outageTimeoutSec = 0,
        int width = 5)
    {
        _transport = new ServiceTransport(() => new SharedHandler(this), Clock, TimeSpan.FromSeconds(10));
        var options = new SenderOptions
        {
            SignatureMethod = method,
            MaximumRetryCount = maximumRetryCount,
            MaximumInFlight = width,
            OutageTimeout = TimeSpan.FromSeconds(outageTimeoutSec),
            Clock = Clock,
            Nonces = new CountedNonces(),
            Jitter = static () => 0.5,
            InFlight = _inFlight.Token,
        };
        credentials ??= new StaticCredentialProvider(new Credential("id", "secret"));
        Sender = new OperationSender(options, credentials, _transport);
        Queries = new QuerySender(options, credentials, _transport);
    }

    internal FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero));

    internal OperationSender Sender { get; }

    /// <summary>Sends queries over the same transport.</summary>
    internal QuerySender Queries { get; }

    /// <summary>Every complete message that reached the transport, in order.</summary>
    internal List<string> Sent { get; } = [];

    /// <summary>When each of them did.</summary>
    internal List<DateTimeOffset> SentAt { get; } = [];

    /// <summary>Whether nothing more would be sent, whatever the row.</summary>
    internal bool EndsRun => Sender.Circuit.AbortReason is not null;

    internal int NoncesUsed => Sent.Select(NonceOf).Distinct(StringComparer.Ordinal).Count();

    internal ScriptedService Answers(string code, int status = 400, params (string Name, string Value)[] headers) =>
        Then(() => Response(code, status, headers));

    internal ScriptedService Loses() => Then(() => throw new HttpRequestException(HttpRequestError.ResponseEnded));

    internal ScriptedService DoesNotConnect(Action? act = null, HttpRequestError kind = HttpRequestError.ConnectionError)
    {
        _onRefusal = act;
        _refusal = kind;
        return Then(null);
    }

    internal ScriptedService Does(Action act, string code = "OK", params (string Name, string Value)[] headers) =>
        Then(() =>
        {
            act();
            return Response(code, code == "OK" ? 200 : 400, headers);
        });

    /// <summary>Sends the row, advancing the clock whenever nothing else happens.</summary>
    internal Task<RowOutcome> SendAsync(IRowRecord? record = null) => PumpAsync(Sender.SendAsync(Row, record, CancellationToken.None));

    /// <summary>Sends the row until it is stopped.</summary>
    internal Task<RowOutcome> SendUntilAsync(CancellationToken cancellationToken) =>
        PumpAsync(Sender.SendAsync(Row, record: null, cancellationToken));

    /// <summary>Runs a query, advancing the clock whenever nothing else happens.</summary>
    internal Task<T> AskAsync<T>(Func<QuerySender, Task<T>> ask) => PumpAsync(ask(Queries));

    /// <summary>Resolves the row that an earlier run has left.</summary>
    internal Task<RowOutcome> ResumeAsync(RecordedIntent intent) => PumpAsync(Sender.ResumeAsync(Row, intent, CancellationToken.None));

    private static string NonceOf(string message) =>
        System.Text.RegularExpressions.Regex.Match(message, "[Nn]once[=:] ?(n[0-9]+)").Groups[1].Value;

    /// <summary>Advances the clock until a task is complete.</summary>
    internal async Task<T> PumpAsync<T>(Task<T> task)
    {
        while (!task.IsCompleted)
        {
            Clock.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Yield();
        }

        return await task;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var end = _ends.Count > 0 ? _ends.Dequeue() : throw new InvalidOperationException("More was sent than the test foresees.");
        if (end is null)
        {
            Sent.Add(request.ToString());
            SentAt.Add(Clock.GetUtcNow());
            _onRefusal?.Invoke();
            throw new HttpRequestException(_refusal, message: null, new SocketException((int)SocketError.ConnectionRefused));
        }

        Sent.Add(request + await request.Content!.ReadAsStringAsync(cancellationToken));
        SentAt.Add(Clock.GetUtcNow());
        return end();
    }

    protected override void Dispose(bool disposing)
    {
        _inFlight.Dispose();
        base.Dispose(disposing);
    }

    private ScriptedService Then(Func<HttpResponseMessage>? end)
    {
        _ends.Enqueue(end!);
        return this;
    }

    private static HttpResponseMessage Response(string code, int status, (string Name, string Value)[] headers)
    {
        var body = Responses.WithRequestId(code == "OK" ? Ok : code.StartsWith('{') ? code : $$"""{"Code":"{{code}}","Message":"said"}""");
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8) };
        foreach (var (name, value) in headers)
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        return response;
    }
}
