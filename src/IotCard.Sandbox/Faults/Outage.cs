using System.Text.Json.Serialization;

namespace IotCard.Sandbox.Faults;

/// <summary>
/// A period in which no request reaches the service, so that nothing is executed and no nonce is remembered. It lasts
/// until it is ended, or until <see cref="Duration"/> or <see cref="Attempts"/> is used up, whichever comes first.
/// </summary>
public sealed record Outage
{
    /// <summary>How the service is unreachable.</summary>
    [JsonRequired]
    public required OutageKind Kind { get; init; }

    /// <summary>
    /// How many operations are still executed before it begins, counted from when it is set; 0 (the default) begins it
    /// at once. The count is exact, however many requests are in flight.
    /// </summary>
    public long AfterExecuted { get; init; }

    /// <summary>The duration, by the sandbox's clock; null = until it is ended.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>The number of requests that it lasts for; null = any. Refused connections cannot be counted.</summary>
    public int? Attempts { get; init; }

    /// <summary>The first error; null = none.</summary>
    internal string? Error()
    {
        if (!Enum.IsDefined(Kind))
        {
            return "Kind is none of " + string.Join(", ", Enum.GetNames<OutageKind>()) + ".";
        }

        if (AfterExecuted < 0)
        {
            return "AfterExecuted is negative.";
        }

        if (Duration <= TimeSpan.Zero)
        {
            return "Duration is not positive.";
        }

        if (Attempts < 1)
        {
            return "Attempts is less than 1.";
        }

        return Kind is OutageKind.Refuse && Attempts is not null
            ? "Refuse takes no Attempts, because refused connections cannot be counted; give it a Duration or end it."
            : null;
    }
}
