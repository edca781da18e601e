using IotCard.Sandbox.Faults;
using IotCard.Sandbox.Gateway;

namespace IotCard.Sandbox.Injection;

/// <summary>The current faults.</summary>
internal sealed class FaultSwitch(FaultPlan initial, IReadOnlyCollection<SandboxAccessKey> accessKeys, TimeProvider clock)
{
    private volatile FaultInjector? _injector = Create(initial, accessKeys, clock);

    /// <summary>The current plan. Setting one, even the same one, restarts its scripts and arrival counts.</summary>
    public FaultPlan Plan
    {
        get => _injector?.Plan ?? FaultPlan.None;
        set => _injector = Create(value, accessKeys, clock);
    }

    /// <summary>Null without faults, so that they cost nothing.</summary>
    public FaultInjector? Injector => _injector;

    private static FaultInjector? Create(FaultPlan plan, IReadOnlyCollection<SandboxAccessKey> accessKeys, TimeProvider clock) =>
        plan.IsEmpty ? null : new FaultInjector(plan, accessKeys, clock);
}
