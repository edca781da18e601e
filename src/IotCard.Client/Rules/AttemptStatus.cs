namespace IotCard.Client.Rules;

/// <summary>How an attempt ended. The sending rules decide what follows.</summary>
internal enum AttemptStatus
{
    /// <summary>The service itself responded: the operation was executed or refused.</summary>
    Answered,

    /// <summary>The gateway refused this request before it reached the service.</summary>
    Refused,

    /// <summary>The refusal applies to every further request: key, signature, permission, no credential left.</summary>
    Fatal,

    /// <summary>The gateway asks to wait.</summary>
    Throttled,

    /// <summary>The gateway considers the timestamp more than 15 minutes off.</summary>
    ClockRefused,

    /// <summary>The gateway considers the temporary credential expired.</summary>
    TokenExpired,

    /// <summary>A request with this nonce arrived before.</summary>
    NonceUsed,

    /// <summary>The request was never sent: the run was stopped or aborted first.</summary>
    NotSent,

    /// <summary>No connection could be made; nothing left this machine.</summary>
    NotConnected,

    /// <summary>The response was lost after sending may have begun: timeout, reset, an unreadable body, a gateway's own failure.</summary>
    Lost,
}
