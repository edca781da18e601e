namespace IotCard.Client.Rules;

/// <summary>The codes of outcomes without a response's code. They are error ids, so they never change.</summary>
public static class OutcomeCode
{
    /// <summary>The service executed the operation.</summary>
    public const string Ok = "OK";

    /// <summary>The service accepted the request, but the operation did not succeed: <c>OK</c>, <c>IsModSuccess</c> false.</summary>
    public const string ModificationFailed = "ModificationFailed";

    /// <summary>It is unknown whether the operation was executed.</summary>
    public const string OutcomeUnknown = "OutcomeUnknown";

    /// <summary>Why an outcome is unknown: the service accepted the request, but does not say whether the operation succeeded.</summary>
    public const string ResponseWithoutVerdict = "ResponseWithoutVerdict";

    /// <summary>The row was not sent, because the run had ended; the reason names what ended it.</summary>
    public const string NotSent = "NotSent";

    /// <summary>Why a row was not sent or not resent: the run was stopped, by Ctrl+C or by the consumer of its results.</summary>
    public const string Stopped = "Stopped";

    /// <summary>Why a row failed: the gateway asks to wait longer than five minutes.</summary>
    public const string WaitTooLong = "WaitTooLong";

    /// <summary>Why a row failed: the gateway's clock is further off than 24 hours.</summary>
    public const string ClockTooFarOff = "ClockTooFarOff";

    /// <summary>The service accepted a query, but the response lacks the result.</summary>
    public const string EmptyResponse = "EmptyResponse";

    /// <summary>Why an outcome is unknown: an earlier run ended while the request was in flight.</summary>
    public const string Interrupted = "Interrupted";

    /// <summary>The row was not sent, because an earlier row of the same card ended as Unknown.</summary>
    public const string PredecessorUnknown = "PredecessorUnknown";

    /// <summary>The row was not sent, because more rows of this run ended as Failed or Unknown than it may have.</summary>
    public const string TooManyFailures = "TooManyFailures";

    /// <summary>Why a request of an earlier run is not sent again: this run signs with another method.</summary>
    public const string OtherSignatureMethod = "OtherSignatureMethod";

    /// <summary>Why a request of an earlier run is not sent again: this run has another endpoint.</summary>
    public const string OtherEndpoint = "OtherEndpoint";

    /// <summary>Why a request of an earlier run is not sent again: this run has another channel id.</summary>
    public const string OtherChannel = "OtherChannel";

    /// <summary>Why a request of an earlier run is not sent again: this run has another AccessKey.</summary>
    public const string OtherAccessKey = "OtherAccessKey";

    /// <summary>Why a request of an earlier run is not sent again: this run has another security token.</summary>
    public const string OtherToken = "OtherToken";

    /// <summary>Why a request of an earlier run is not sent again: this run would send another one, and its record does not say in what it differs.</summary>
    public const string OtherRequest = "OtherRequest";

    /// <summary>The row was not sent: the journal says that it succeeded, and that a later row changed its card since, or may have.</summary>
    public const string CardChangedSince = "CardChangedSince";

    /// <summary>Something unexpected went wrong: why an outcome is unknown, or before anything was sent why the row failed.</summary>
    public const string Unexpected = "Unexpected";

    /// <summary>A person found out the outcome of a row that was Unknown, and recorded it.</summary>
    public const string Resolved = "Resolved";
}
