namespace IotCard.Client.Service;

/// <summary>The ways in which an attempt ends. What follows from each is the sending rules' to say.</summary>
public enum AttemptStatus
{
    /// <summary>The service answered the operation: carried out, or refused by it.</summary>
    Answered,

    /// <summary>The gateway refused this request before it reached the service.</summary>
    Refused,

    /// <summary>It was refused in a way that holds for every further request: key, signature, permission, no credential left.</summary>
    Fatal,

    /// <summary>The gateway asks to wait.</summary>
    Throttled,

    /// <summary>The gateway takes the timestamp for more than 15 minutes off.</summary>
    ClockRefused,

    /// <summary>The gateway calls the temporary credential expired.</summary>
    TokenExpired,

    /// <summary>A request with this nonce arrived before.</summary>
    NonceUsed,

    /// <summary>No connection came about; nothing left this machine.</summary>
    NotConnected,

    /// <summary>It was not sent again: the gateway may soon forget its nonce, and would then carry it out a second time.</summary>
    TooOld,

    /// <summary>The answer was lost after sending may have begun: timeout, reset, an unreadable body, a gateway's own failure.</summary>
    Lost,
}
