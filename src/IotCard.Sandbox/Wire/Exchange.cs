using IotCard.Sandbox.Faults;

namespace IotCard.Sandbox.Wire;

/// <summary>A request on its way through the sandbox, and its outcome so far.</summary>
internal sealed class Exchange(WireRequest request, FaultInjector? faults)
{
    public WireRequest Request => request;

    public FaultInjector? Faults => faults;

    /// <summary>The fault that strikes it.</summary>
    public DrawnFault Fault { get; set; }

    /// <summary>The response to send; null where nothing processed the request and the fault has no response of its own.</summary>
    public SandboxResponse? Response { get; set; }

    /// <summary>Whether its operation was executed.</summary>
    public bool Executed { get; set; }

    /// <summary>How far the gateway's clock is ahead for it.</summary>
    public TimeSpan ClockSkew
    {
        get
        {
            if (faults is null)
            {
                return TimeSpan.Zero;
            }

            return Fault.Kind is FaultKind.SkewedClock ? faults.Plan.ClockSkew + faults.Plan.StrayClockSkew : faults.Plan.ClockSkew;
        }
    }
}
