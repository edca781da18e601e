namespace IotCard.Client.Rules;

/// <summary>What is recorded of a request before it is sent: enough to sign the same one again, and nothing secret.</summary>
/// <param name="Nonce">The request's nonce.</param>
/// <param name="Timestamp">The signed time, UTC, in whole seconds.</param>
/// <param name="Fingerprint">
/// Hexadecimal digits of hashes: 16 of all that makes the request what it is, and four each of its method, endpoint,
/// channel, key and token. If the first differ, it is another request, which the gateway would not recognize; the others
/// tell in what.
/// </param>
internal sealed record RecordedIntent(string Nonce, DateTimeOffset Timestamp, string Fingerprint)
{
    /// <summary>How far the gateway's clock was ahead of this machine's when the request was signed, in whole seconds; zero if unknown.</summary>
    internal TimeSpan ClockOffset { get; init; }

    /// <summary>The request's age by the gateway's clock.</summary>
    internal TimeSpan AgeAt(DateTimeOffset now) => (now + ClockOffset - Timestamp).Duration();
}
