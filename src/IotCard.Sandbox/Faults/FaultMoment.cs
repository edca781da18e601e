namespace IotCard.Sandbox.Faults;

/// <summary>A request's progress when a fault occurs.</summary>
public enum FaultMoment
{
    /// <summary>It has been read but not yet examined: its nonce is not remembered, nothing has been executed.</summary>
    OnArrival,

    /// <summary>It has passed the gateway, which remembers its nonce; nothing has been executed.</summary>
    BeforeService,

    /// <summary>The service has processed it: it has been executed unless it failed.</summary>
    AfterService,
}
