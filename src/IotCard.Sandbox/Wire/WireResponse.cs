using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace IotCard.Sandbox.Wire;

/// <summary>A response as it is sent.</summary>
internal sealed class WireResponse(int status, string? contentType, ReadOnlyMemory<byte> body, DateTimeOffset date)
{
    public int Status => status;

    /// <summary>The response's code; null if it is not a response of the gateway or the service.</summary>
    public string? Code { get; private init; }

    private Guid? RequestId { get; init; }

    private (string Name, string Value)? Hint { get; init; }

    public static WireResponse From(SandboxResponse response, DateTimeOffset date) =>
        new(response.Status, ResponseWriter.ContentType(response), ResponseWriter.Write(response), response.Date ?? date)
        {
            Code = response.Code,
            RequestId = response.RequestId,
            Hint = response.Hint,
        };

    public async Task SendAsync(HttpResponse response)
    {
        response.StatusCode = status;
        response.ContentType = contentType;
        response.ContentLength = body.Length;
        response.Headers.Date = Date();
        if (RequestId is { } id)
        {
            response.Headers["x-acs-request-id"] = RequestIds.Format(id);
        }

        if (Hint is var (name, value))
        {
            response.Headers[name] = value;
        }

        await response.BodyWriter.WriteAsync(body);
    }

    /// <summary>The beginning of the response: at least one byte, and never all.</summary>
    /// <param name="offsetIn">Chooses where to cut something of this length: from 0 up to, but not including, the length.</param>
    public ReadOnlyMemory<byte> Cut(Func<int, int> offsetIn)
    {
        var all = Head().Concat(body.ToArray()).ToArray();
        return all.AsMemory(0, 1 + offsetIn(all.Length - 1));
    }

    /// <summary>The complete head and part of the body.</summary>
    /// <param name="offsetIn">Chooses where to cut something of this length: from 0 up to, but not including, the length.</param>
    public ReadOnlyMemory<byte> Truncate(Func<int, int> offsetIn) => Head().Concat(body[..offsetIn(body.Length)].ToArray()).ToArray();

    private byte[] Head()
    {
        var head = new StringBuilder(256);
        head.Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {status} {ReasonPhrases.GetReasonPhrase(status)}\r\n");
        head.Append(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\nContent-Type: {contentType}\r\nDate: {Date()}\r\n");
        if (RequestId is { } id)
        {
            head.Append(CultureInfo.InvariantCulture, $"x-acs-request-id: {RequestIds.Format(id)}\r\n");
        }

        return Encoding.ASCII.GetBytes(head.Append("\r\n").ToString());
    }

    private string Date() => date.ToString("R", CultureInfo.InvariantCulture);
}
