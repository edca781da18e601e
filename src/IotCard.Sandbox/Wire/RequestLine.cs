using System.Globalization;

namespace IotCard.Sandbox;

/// <summary>The line that is put out for a request: time, operation, ICCID, code, HTTP status, milliseconds, and the fault that struck it, if any.</summary>
internal static class RequestLine
{
    private const int MaxWord = 32;

    public static string Format(DateTimeOffset time, WireRequest request, WireResponse? answer, TimeSpan elapsed, FaultKind fault)
    {
        var operation = request["OpionType"] ?? request["Action"] ?? request.Header("x-acs-action");
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"{time:yyyy-MM-ddTHH:mm:ss.fffZ} {Word(operation)} {Word(request["Iccid"])} {answer?.Code ?? "-"} {answer?.Status ?? 0} {elapsed.TotalMilliseconds:F1}ms");
        return fault is FaultKind.None ? line : $"{line} {fault}";
    }

    // These come from whoever sent the request: one word each, so that a line stays a line.
    private static string Word(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return "-";
        var word = text.Length > MaxWord ? text[..MaxWord] : text;
        return word.All(char.IsAsciiLetterOrDigit) ? word : string.Concat(word.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '?'));
    }
}
