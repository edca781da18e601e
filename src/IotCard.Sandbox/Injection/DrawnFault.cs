using System.Runtime.InteropServices;
using IotCard.Sandbox.Faults;

namespace IotCard.Sandbox.Injection;

/// <summary>The fault injected into a request; by default none.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct DrawnFault(FaultKind Kind, FaultMoment Moment, FaultRandom Random)
{
    /// <summary>Whether the client does not receive a complete response.</summary>
    public bool BreaksWire => FaultKinds.BreaksWire(Kind);

    /// <summary>Whether the request ends at this moment.</summary>
    public bool EndsAt(FaultMoment moment) => Kind is not FaultKind.None && Moment == moment && FaultKinds.EndsRequest(Kind);
}
