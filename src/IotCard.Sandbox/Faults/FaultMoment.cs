namespace IotCard.Sandbox;

/// <summary>How far a request has come when a fault strikes.</summary>
public enum FaultMoment
{
    /// <summary>It was read, and nobody has looked at it: its nonce is not remembered, nothing was carried out.</summary>
    OnArrival,

    /// <summary>The gateway let it through and remembers its nonce; nothing was carried out.</summary>
    BeforeService,

    /// <summary>The service decided it: unless it failed, it was carried out.</summary>
    AfterService,
}
