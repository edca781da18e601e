using System.Globalization;
using System.Net.Http.Headers;

namespace IotCard.Client.Service;

/// <summary>Reads how long a throttled response asks to wait.</summary>
internal static class GatewayHeaders
{
    private const string TimeLeft = "TimeLeft:";

    private static readonly string[] OlderHints = ["x-ratelimit-user-api", "x-ratelimit-user"];

    /// <summary>
    /// <c>x-acs-retry-after</c> is a positive whole number of milliseconds; older gateways send
    /// <c>x-ratelimit-user-api</c> or <c>x-ratelimit-user</c> with <c>TimeLeft:</c> and milliseconds.
    /// </summary>
    internal static TimeSpan? RetryAfter(HttpResponseHeaders headers)
    {
        if (First(headers, "x-acs-retry-after") is { } hint && Milliseconds(hint) is { } wait)
        {
            return wait;
        }

        foreach (var name in OlderHints)
        {
            var part = First(headers, name)?.Split(',').FirstOrDefault(
                static p => p.Trim().StartsWith(TimeLeft, StringComparison.OrdinalIgnoreCase));
            if (part is not null && Milliseconds(part.Trim()[TimeLeft.Length..]) is { } left)
            {
                return left;
            }
        }

        return null;
    }

    private static string? First(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    private static TimeSpan? Milliseconds(string text) =>
        long.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0
            ? TimeSpan.FromMilliseconds(Math.Min(value, (long)TimeSpan.FromDays(365).TotalMilliseconds))
            : null;
}
