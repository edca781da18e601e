using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace IotCard.Client.Tests.Credentials;

/// <summary>A request to a stand-in.</summary>
internal sealed class ReceivedRequest
{
    internal required string Method { get; init; }

    internal required string Path { get; init; }

    /// <summary>As it was on the wire, without the question mark.</summary>
    internal required string RawQuery { get; init; }

    internal required IReadOnlyDictionary<string, string> Headers { get; init; }

    internal required string Body { get; init; }

    internal IReadOnlyDictionary<string, string> Query => Parse(RawQuery);

    internal IReadOnlyDictionary<string, string> Form => Parse(Body);

    internal static async Task<ReceivedRequest> ReadAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        return new ReceivedRequest
        {
            Method = request.Method,
            Path = request.Path,
            RawQuery = (request.QueryString.Value ?? "").TrimStart('?'),
            Headers = request.Headers.ToDictionary(
                h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            Body = await reader.ReadToEndAsync(),
        };
    }

    private static Dictionary<string, string> Parse(string text) =>
        QueryHelpers.ParseQuery(text).ToDictionary(p => p.Key, p => p.Value.ToString(), StringComparer.Ordinal);
}
