using System.Net;
using System.Net.Sockets;
using System.Text;
using IotCard.Client.Cards;
using IotCard.Client.Credentials;
using IotCard.Client.Sending;
using IotCard.Client.Service;
using IotCard.Client.Signing;
using Microsoft.Extensions.Time.Testing;

namespace IotCard.Client.Tests.Sending;

/// <summary>A sender over a transport that ends each attempt as a test has written down, and keeps what was sent.</summary>
internal sealed class ScriptedService : HttpMessageHandler
{
    internal const string Ok = """{"RequestId":"R","Code":"OK","Message":"OK","IotModBind":{"IsModSuccess":true}}""";

    internal static readonly BindingRow Row = BindingRow.Unbind("89860412345678901234", "490154203237518");

    private readonly Queue<Func<HttpResponseMessage>> _ends = new();
    private readonly CancellationTokenSource _inFlight = new();
    private readonly ServiceTransport _transport;

    internal ScriptedService(
        int maximumRetryCount = 3,
        SignatureMethod method = SignatureMethod.Acs3HmacSha256,
        ICredentialProvider? credentials = null)
    {
        _transport = new ServiceTransport(this, Clock, TimeSpan.FromSeconds(10));
        Sender = new OperationSender(
            new SenderOptions
            {
                SignatureMethod = method,
                MaximumRetryCount = maximumRetryCount,
                Clock = Clock,
                Nonces = new CountedNonces(),
                Jitter = static () => 0.5,
                InFlight = _inFlight.Token,
            },
            credentials ?? new StaticCredentialProvider(new Credential("id", "secret")),
            _transport);
    }

    internal FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero));

    internal OperationSender Sender { get; }

    /// <summary>Every message that reached the transport, whole, in order.</summary>
    internal List<string> Sent { get; } = [];

    /// <summary>When each of them did.</summary>
    internal List<DateTimeOffset> SentAt { get; } = [];

    internal int NoncesUsed => Sent.Select(NonceOf).Distinct(StringComparer.Ordinal).Count();

    internal ScriptedService Answers(string code, int status = 400, params (string Name, string Value)[] headers) =>
        Then(() => Response(code, status, headers));

    internal ScriptedService Loses() => Then(() => throw new HttpRequestException(HttpRequestError.ResponseEnded));

    internal ScriptedService DoesNotConnect() => Then(null);

    internal ScriptedService Does(Action act, string code = "OK", params (string Name, string Value)[] headers) =>
        Then(() =>
        {
            act();
            return Response(code, code == "OK" ? 200 : 400, headers);
        });

    /// <summary>Sends the row and turns the clock on whenever nothing else moves.</summary>
    internal Task<RowOutcome> SendAsync(IIntentLog? intents = null) => PumpAsync(Sender.SendAsync(Row, intents, CancellationToken.None));

    /// <summary>Sends the row until it is given up.</summary>
    internal Task<RowOutcome> SendUntilAsync(CancellationToken cancellationToken) =>
        PumpAsync(Sender.SendAsync(Row, intents: null, cancellationToken));

    /// <summary>Settles the row that an earlier run has left.</summary>
    internal Task<RowOutcome> ResumeAsync(RecordedIntent intent) => PumpAsync(Sender.ResumeAsync(Row, intent, CancellationToken.None));

    private static string NonceOf(string message) =>
        System.Text.RegularExpressions.Regex.Match(message, "[Nn]once[=:] ?(n[0-9]+)").Groups[1].Value;

    private async Task<T> PumpAsync<T>(Task<T> task)
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
            throw new HttpRequestException(HttpRequestError.ConnectionError, message: null, new SocketException((int)SocketError.ConnectionRefused));
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
        var body = code == "OK" ? Ok : code.StartsWith('{') ? code : $$"""{"RequestId":"R","Code":"{{code}}","Message":"said"}""";
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8) };
        foreach (var (name, value) in headers)
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        return response;
    }
}
