namespace IotCard.Client.Sending;

/// <summary>The codes of outcomes that no response names. They serve as error ids, so they never change.</summary>
public static class OutcomeCode
{
    /// <summary>The service carried the operation out.</summary>
    public const string Ok = "OK";

    /// <summary>The service took the request and says that the operation did not succeed: <c>OK</c>, <c>IsModSuccess</c> false.</summary>
    public const string ModificationFailed = "ModificationFailed";

    /// <summary>Whether the operation was carried out is not known.</summary>
    public const string OutcomeUnknown = "OutcomeUnknown";

    /// <summary>Why an outcome is unknown: the service took the request and does not say whether the operation succeeded.</summary>
    public const string ResponseWithoutVerdict = "ResponseWithoutVerdict";

    /// <summary>The row was not sent, because the run had ended; the reason names what ended it.</summary>
    public const string NotSent = "NotSent";

    /// <summary>Why a row was not sent, or not sent again: the run was stopped, by Ctrl+C or by what reads its results.</summary>
    public const string Stopped = "Stopped";

    /// <summary>Why a row failed: the gateway asks to wait longer than <see cref="RetryPolicy.MaximumHint"/>.</summary>
    public const string WaitTooLong = "WaitTooLong";

    /// <summary>Why a row failed: the gateway's clock is further off than <see cref="ServerClock.MaximumOffset"/>.</summary>
    public const string ClockTooFarOff = "ClockTooFarOff";

    /// <summary>The service took a query and says nothing of what was asked for.</summary>
    public const string EmptyResponse = "EmptyResponse";

    /// <summary>Why an outcome is unknown: an earlier run ended while the request was under way.</summary>
    public const string Interrupted = "Interrupted";

    /// <summary>The row was not sent, because an earlier row of the same card ended as unknown.</summary>
    public const string PredecessorUnknown = "PredecessorUnknown";

    /// <summary>Why an outcome is unknown: something unexpected went wrong.</summary>
    public const string Unexpected = "Unexpected";

    /// <summary>A person found out what became of a row whose outcome was unknown, and recorded it.</summary>
    public const string Resolved = "Resolved";
}
