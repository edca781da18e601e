using System.Net;

namespace IotCard.Client.Credentials.Sources;

/// <summary>The response of a service that issues credentials. The body may contain a secret: parse it, but do not show it.</summary>
internal sealed class IssuingResponse(HttpStatusCode status, string body)
{
    internal HttpStatusCode Status { get; } = status;

    internal string Body { get; } = body;

    internal bool IsOk => Status == HttpStatusCode.OK;

    /// <summary>Whether the service was overloaded or failed, so that another request may help.</summary>
    internal bool IsOverloaded => (int)Status is 429 or >= 500;

    /// <summary>The status; never the body.</summary>
    public override string ToString() => $"HTTP {(int)Status}";
}
