using IotCard.Sandbox.Gateway;
using IotCard.Sandbox.Wire;

namespace IotCard.Sandbox.Audit;

/// <summary>A request of the operation, and what the service answered.</summary>
/// <param name="Number">Its place in the order of arrival, from 1.</param>
/// <param name="Time">When, by the sandbox's clock, UTC.</param>
/// <param name="Request">The request.</param>
/// <param name="AccessKey">The AccessKey that it names.</param>
/// <param name="Response">The response of the gateway or the service, whatever the client got.</param>
internal sealed record AuditRecord(long Number, DateTimeOffset Time, WireRequest Request, SandboxAccessKey AccessKey, SandboxResponse Response)
{
    // The server uses a request's headers again, so that they must be read while it lasts.
    public string Host { get; } = Request.Host;

    public string? UserAgent { get; } = Request.Header("User-Agent");

    public string? Nonce { get; } = SignedCall.NonceOf(Request);

    public string EventId { get; } = RequestIds.Format(Response.RequestId);

    public string? Error { get; } = Response.Code is SandboxResponse.Ok ? null : Response.Code;

    /// <summary>Whether the service itself answered, so that the code is not the gateway's.</summary>
    public bool IsFromService => Response.HostId is null;

    public bool IsTemporaryKey => AccessKey.SecurityToken is not null;
}
