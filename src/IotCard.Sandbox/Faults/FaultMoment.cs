namespace IotCard.Sandbox.Faults;

/// <summary>How far a request has come when a fault strikes.</summary>
public enum FaultMoment
{
    /// <summary>It was read but not yet examined: its nonce is not remembered, nothing was executed.</summary>
    OnArrival,

    /// <summary>It passed the gateway, which remembers its nonce; nothing was executed.</summary>
    BeforeService,

    /// <summary>The service processed it: it was executed unless it failed.</summary>
    AfterService,
}
