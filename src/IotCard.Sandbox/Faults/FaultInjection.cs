using System.Runtime.InteropServices;

namespace IotCard.Sandbox.Faults;

/// <summary>A fault that was injected.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct FaultInjection
{
    /// <summary>What went wrong.</summary>
    public required FaultKind Kind { get; init; }

    /// <summary>The request's progress.</summary>
    public required FaultMoment Moment { get; init; }

    /// <summary>Whether its operation had already been executed.</summary>
    public required bool Executed { get; init; }

    /// <summary>The request's card; null = none.</summary>
    public required string? Iccid { get; init; }

    /// <summary>The request's signature nonce.</summary>
    public required string Nonce { get; init; }

    /// <summary>When, by the sandbox's clock, UTC.</summary>
    public required DateTimeOffset Time { get; init; }
}
