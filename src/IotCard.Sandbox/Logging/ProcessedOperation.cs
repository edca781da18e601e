using System.Runtime.InteropServices;
using IotCard.Sandbox.Cards;
using IotCard.Sandbox.Wire;

namespace IotCard.Sandbox.Logging;

/// <summary>An operation that passed the gateway and was processed by the service, whether or not it succeeded.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ProcessedOperation
{
    /// <summary>Its position in the order of execution, from 1.</summary>
    public required long Sequence { get; init; }

    /// <summary>The card.</summary>
    public required string Iccid { get; init; }

    /// <summary>The operation.</summary>
    public required CardOperation Operation { get; init; }

    /// <summary>The currently bound IMEI according to the request.</summary>
    public required string Imei { get; init; }

    /// <summary>The new IMEI; null for an unbind.</summary>
    public required string? NewImei { get; init; }

    /// <summary>The request's signature nonce.</summary>
    public required string Nonce { get; init; }

    /// <summary>When it was processed, by the sandbox's clock, UTC.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The response's code: <c>OK</c> or <c>isv.…</c>.</summary>
    public required string Code { get; init; }

    /// <summary>The response's RequestId.</summary>
    public string RequestId => RequestIds.Format(Id);

    /// <summary>Whether it was executed.</summary>
    public bool Succeeded => string.Equals(Code, "OK", StringComparison.Ordinal);

    internal Guid Id { get; init; }
}
