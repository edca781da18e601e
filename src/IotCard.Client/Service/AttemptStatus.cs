namespace IotCard.Client.Service;

/// <summary>How an attempt ended. What follows from each is decided by the sending rules.</summary>
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

    /// <summary>The request was never sent: the run was stopped or aborted first.</summary>
    NotSent,

    /// <summary>No connection could be made; nothing left this machine.</summary>
    NotConnected,

    /// <summary>It was not sent again: the gateway may soon forget its nonce, and would then carry it out a second time.</summary>
    TooOld,

    /// <summary>The response was lost after sending may have begun: timeout, reset, an unreadable body, a gateway's own failure.</summary>
    Lost,
}
