using System.Text.Json;
using System.Web;
using IotCard.Client.Cards;
using IotCard.Client.Signing;
using static IotCard.Client.Tests.Chaos.WireEnd;

namespace IotCard.Client.Tests.Chaos;

/// <summary>Records how every attempt ends, by its own reading of the bytes and not by the client's.</summary>
internal sealed class WireWitness(Func<HttpMessageHandler> createHandler)
{
    private readonly Lock _gate = new();
    private readonly List<WireEnd> _ends = [];

    /// <summary>The ends of all attempts, in order; for one row, this is the order of its attempts.</summary>
    internal IReadOnlyList<WireEnd> Ends
    {
        get
        {
            lock (_gate)
            {
                return [.. _ends];
            }
        }
    }

    /// <summary>Creates a handler, with its own connections, whose attempts are recorded.</summary>
    internal HttpMessageHandler CreateHandler() => new WitnessingHandler(this, createHandler());

    private void Note(WireEnd end)
    {
        lock (_gate)
        {
            _ends.Add(end);
        }
    }

    private static WireEnd Read(WireEnd end, byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var code = document.RootElement.GetProperty("Code").GetString()!;
            var isNamed = document.RootElement.TryGetProperty("RequestId", out var id) && id.GetString() is { Length: > 0 };
            var isKnown = code is "OK" or "SignatureNonceUsed" or "Throttling" || code.StartsWith("isv.", StringComparison.Ordinal) || code.Contains('.', StringComparison.Ordinal);
            var isOfNobody = !isNamed || !isKnown || code is "ServiceUnavailable" or "InternalError";
            return end with
            {
                Kind = isOfNobody ? EndKind.NotReceived : EndKind.Received,
                Code = code,
                IsDone = document.RootElement.TryGetProperty("IotModBind", out var bind) ? bind.GetProperty("IsModSuccess").GetBoolean() : null,
            };
        }
        catch (Exception unreadable) when (unreadable is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return end;
        }
    }

    private static BindingRow RowOf(Uri uri)
    {
        var query = HttpUtility.ParseQueryString(uri.Query);
        return query["OpionType"] == "chgBind"
            ? BindingRow.Rebind(query["Iccid"], query["Imei"], query["NewImei"])
            : BindingRow.Unbind(query["Iccid"], query["Imei"]);
    }

    private sealed class WitnessingHandler(WireWitness witness, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var end = new WireEnd(RowOf(request.RequestUri!), request.Headers.GetValues("x-acs-signature-nonce").Single(), EndKind.NotSent);
            try
            {
                var response = await base.SendAsync(request, cancellationToken);
                end = end with { Kind = EndKind.NotReceived };
                await response.Content.LoadIntoBufferAsync(cancellationToken);
                end = Read(end, await response.Content.ReadAsByteArrayAsync(cancellationToken));
                return response;
            }
            catch (Exception)
            {
                var left = ((SignedContent)request.Content!).SendingBegan;
                end = end with { Kind = !left ? EndKind.NotSent : cancellationToken.IsCancellationRequested ? EndKind.NotAwaited : EndKind.NotReceived };
                throw;
            }
            finally
            {
                witness.Note(end);
            }
        }
    }
}
