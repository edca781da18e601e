namespace IotCard.Client.Tests.Sending;

/// <summary>Bodies of responses, each with its own request id, as from the gateway.</summary>
internal static class Responses
{
    private static int _last;

    /// <summary>Adds a request id to a body with a code, unless it has one.</summary>
    internal static string WithRequestId(string body) =>
        body.StartsWith('{') && body.Contains("\"Code\"", StringComparison.Ordinal) && !body.Contains("\"RequestId\"", StringComparison.Ordinal)
            ? $$"""{"RequestId":"R-{{Interlocked.Increment(ref _last)}}",{{body[1..]}}"""
            : body;
}
