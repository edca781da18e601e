using System.Net;

namespace IotCard.Client.Credentials.Sources;

/// <summary>What a service that issues credentials answered. The body may hold a secret: it is for parsing, not for showing.</summary>
internal sealed class IssuingResponse(HttpStatusCode status, string body)
{
    internal HttpStatusCode Status { get; } = status;

    internal string Body { get; } = body;

    internal bool IsOk => Status == HttpStatusCode.OK;

    /// <summary>Whether the service had too much to do, or failed, so that asking again may help.</summary>
    internal bool IsOverloaded => (int)Status is 429 or >= 500;

    /// <summary>The status; never the body.</summary>
    public override string ToString() => $"HTTP {(int)Status}";
}
