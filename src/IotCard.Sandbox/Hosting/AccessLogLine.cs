using System.Globalization;
using IotCard.Sandbox.Wire;

namespace IotCard.Sandbox.Hosting;

/// <summary>The log line for one request: time, operation, ICCID, code, HTTP status, milliseconds, and its fault or outage, if any.</summary>
internal static class AccessLogLine
{
    private const int MaxWordLength = 32;

    public static string Format(DateTimeOffset time, WireRequest request, WireResponse? response, TimeSpan elapsed, string? fault)
    {
        var operation = request["OpionType"] ?? request["Action"] ?? request.Header("x-acs-action");
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"{time:yyyy-MM-ddTHH:mm:ss.fffZ} {Word(operation)} {Word(request["Iccid"])} {response?.Code ?? "-"} {response?.Status ?? 0} {elapsed.TotalMilliseconds:F1}ms");
        return fault is null ? line : $"{line} {fault}";
    }

    // The sender chooses these values: each is one word, so that a request cannot forge a log line.
    private static string Word(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "-";
        }

        var word = text.Length > MaxWordLength ? text[..MaxWordLength] : text;
        return word.All(char.IsAsciiLetterOrDigit) ? word : string.Concat(word.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '?'));
    }
}
