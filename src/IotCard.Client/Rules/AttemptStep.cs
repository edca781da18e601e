namespace IotCard.Client.Rules;

/// <summary>What follows from an attempt.</summary>
internal enum AttemptStep
{
    /// <summary>Nothing: its result is the last word.</summary>
    End,

    /// <summary>Wait as the gateway asks, slow the whole run down, then try again.</summary>
    Wait,

    /// <summary>Pause, then try again.</summary>
    Retry,

    /// <summary>Take the clock difference from the response and try again, once.</summary>
    CorrectClock,

    /// <summary>Renew the temporary credential and try again, once.</summary>
    RenewToken,

    /// <summary>The operation is in doubt: from now on only the same request may be sent for it.</summary>
    Resolve,
}
