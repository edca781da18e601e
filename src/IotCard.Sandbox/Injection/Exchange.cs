using IotCard.Sandbox.Faults;
using IotCard.Sandbox.Wire;

namespace IotCard.Sandbox.Injection;

/// <summary>A request on its way through the sandbox, and its result so far.</summary>
internal sealed class Exchange(WireRequest request, FaultInjector? faults)
{
    public WireRequest Request => request;

    public FaultInjector? Faults => faults;

    /// <summary>The injected fault.</summary>
    public DrawnFault Fault { get; set; }

    /// <summary>The response to send; null if nothing processed the request and the fault has no response of its own.</summary>
    public SandboxResponse? Response { get; set; }

    /// <summary>Whether its operation was executed.</summary>
    public bool Executed { get; set; }

    /// <summary>How far the gateway's clock is ahead for this request.</summary>
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
