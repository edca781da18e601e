using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace IotCard.Sandbox;

/// <summary>An answer as it goes over the wire.</summary>
internal sealed class WireResponse(int status, string? contentType, ReadOnlyMemory<byte> body, DateTimeOffset date)
{
    public int Status => status;

    /// <summary>The answer's code; null where it is no answer of the gateway's or the service's.</summary>
    public string? Code { get; private init; }

    private Guid? RequestId { get; init; }

    private (string Name, string Value)? Hint { get; init; }

    public static WireResponse Of(SandboxResponse answer, DateTimeOffset date) =>
        new(answer.Status, ResponseWriter.ContentType(answer), ResponseWriter.Write(answer), date)
        {
            Code = answer.Code,
            RequestId = answer.RequestId,
            Hint = answer.Hint,
        };

    public async Task SendAsync(HttpResponse response)
    {
        response.StatusCode = status;
        response.ContentType = contentType;
        response.ContentLength = body.Length;
        response.Headers.Date = Date();
        if (RequestId is { } id)
            response.Headers["x-acs-request-id"] = RequestIds.Format(id);
        if (Hint is var (name, value))
            response.Headers[name] = value;
        await response.BodyWriter.WriteAsync(body);
    }

    /// <summary>All but the last bytes of the answer, at least one.</summary>
    public ReadOnlyMemory<byte> Cut(FaultDice dice)
    {
        var all = Head().Concat(body.ToArray()).ToArray();
        return all.AsMemory(0, 1 + dice.Break(all.Length - 1));
    }

    /// <summary>The whole head and less than the whole body.</summary>
    public ReadOnlyMemory<byte> Truncate(FaultDice dice) => Head().Concat(body[..dice.Break(body.Length)].ToArray()).ToArray();

    private byte[] Head()
    {
        var head = new StringBuilder(256);
        head.Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {status} {ReasonPhrases.GetReasonPhrase(status)}\r\n");
        head.Append(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\nContent-Type: {contentType}\r\nDate: {Date()}\r\n");
        if (RequestId is { } id)
            head.Append(CultureInfo.InvariantCulture, $"x-acs-request-id: {RequestIds.Format(id)}\r\n");
        return Encoding.ASCII.GetBytes(head.Append("\r\n").ToString());
    }

    private string Date() => date.ToString("R", CultureInfo.InvariantCulture);
}
