namespace IotCard.Client.Rules;

/// <summary>What holds for an operation whose response was lost.</summary>
internal static class DoubtRules
{
    /// <summary>
    /// How long after its first sending a request may be resent. The gateway accepts a timestamp, and remembers a
    /// nonce, for 15 minutes; five of them allow for clock differences and time in transit.
    /// </summary>
    internal static readonly TimeSpan SafeAge = TimeSpan.FromMinutes(10);

    /// <summary>Whether a request of this age may be resent, to the byte.</summary>
    internal static bool MayResend(TimeSpan age) => age <= SafeAge;

    /// <summary>Whether a recorded request may be resent, to the byte.</summary>
    internal static bool MayResend(RecordedIntent intent, DateTimeOffset now) => MayResend(intent.AgeAt(now));
}
