namespace IotCard.Sandbox.Faults;

/// <summary>The sources of faults.</summary>
[Flags]
public enum FaultGroups
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>The network, the gateway and the service.</summary>
    Network = 1,

    /// <summary>A middlebox that responds in the service's place or gets its responses out of step, and unbounded figures.</summary>
    Middlebox = 2,

    /// <summary>All of them.</summary>
    All = Network | Middlebox,
}
