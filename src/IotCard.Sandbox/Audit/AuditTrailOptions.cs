namespace IotCard.Sandbox.Audit;

/// <summary>
/// How the account's audit trail records operations. Most of it is undocumented for this product, so that every
/// possibility that published samples of other products show can be chosen.
/// </summary>
public sealed record AuditTrailOptions
{
    /// <summary>How long after its request an event can be looked up, by the sandbox's clock; 10 minutes by default, as documented.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Whether nothing is recorded at all, as in another account or another region.</summary>
    public bool IsEmpty { get; init; }

    /// <summary>How the request's own parameters are recorded.</summary>
    public RecordedParameters Parameters { get; init; }

    /// <summary>How much of the response is recorded.</summary>
    public RecordedResponse Response { get; init; }

    /// <summary>How much of the user agent is recorded.</summary>
    public RecordedUserAgent UserAgent { get; init; }

    /// <summary>Whether the signature's nonce is among the recorded parameters; no published sample shows it.</summary>
    public bool RecordsNonce { get; init; }

    /// <summary>Whether the code of a failed operation is the event's <c>errorCode</c>. If not, only the recorded response has it.</summary>
    public bool RecordsFailureCodes { get; init; } = true;

    /// <summary>Whether a request that the gateway refused is recorded, if its AccessKey is known.</summary>
    public bool RecordsRefusals { get; init; } = true;

    /// <summary>Whether every event is there twice, as those of a global service can be.</summary>
    public bool DuplicatesEvents { get; init; }

    /// <summary>Whether <c>eventVersion</c> is a number; by default it is a string.</summary>
    public bool NumericVersion { get; init; }

    /// <summary>Whether the names of an event's fields begin with a capital letter.</summary>
    public bool PascalCaseNames { get; init; }

    /// <summary>Whether a lookup by an unknown key finds nothing; by default it is refused.</summary>
    public bool IgnoresUnknownKeys { get; init; }

    /// <summary>The first error; null = none.</summary>
    internal string? Error() =>
        Delay < TimeSpan.Zero ? "Delay is negative."
        : !Enum.IsDefined(Parameters) ? "Parameters is none of " + string.Join(", ", Enum.GetNames<RecordedParameters>()) + "."
        : !Enum.IsDefined(Response) ? "Response is none of " + string.Join(", ", Enum.GetNames<RecordedResponse>()) + "."
        : !Enum.IsDefined(UserAgent) ? "UserAgent is none of " + string.Join(", ", Enum.GetNames<RecordedUserAgent>()) + "."
        : null;
}
