namespace IotCard.Client.Tests.Sending;

/// <summary>Bodies of responses, each with a request id of its own, as the gateway gives them.</summary>
internal static class Responses
{
    private static int _last;

    /// <summary>Gives a body that has a code a request id, unless it has one.</summary>
    internal static string WithRequestId(string body) =>
        body.StartsWith('{') && body.Contains("\"Code\"", StringComparison.Ordinal) && !body.Contains("\"RequestId\"", StringComparison.Ordinal)
            ? $$"""{"RequestId":"R-{{Interlocked.Increment(ref _last)}}",{{body[1..]}}"""
            : body;
}
