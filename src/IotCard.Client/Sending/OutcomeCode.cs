namespace IotCard.Client.Sending;

/// <summary>The codes of outcomes that no answer names. They serve as error ids, so they never change.</summary>
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

    /// <summary>The row was not sent, because an answer to an earlier one holds for all.</summary>
    public const string NotSent = "NotSent";

    /// <summary>Why an outcome is unknown: an earlier run ended while the request was under way.</summary>
    public const string Interrupted = "Interrupted";

    /// <summary>The row was not sent, because an earlier row of the same card ended as unknown.</summary>
    public const string PredecessorUnknown = "PredecessorUnknown";

    /// <summary>Why an outcome is unknown: something went wrong that nobody foresaw.</summary>
    public const string Unexpected = "Unexpected";
}
