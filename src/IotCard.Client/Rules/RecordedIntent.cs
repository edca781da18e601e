namespace IotCard.Client.Rules;

/// <summary>What is recorded of a request before it is sent: enough to sign the same one again, and nothing secret.</summary>
/// <param name="Nonce">The request's nonce.</param>
/// <param name="Timestamp">The signed time, UTC, in whole seconds.</param>
/// <param name="Fingerprint">
/// The first 16 hexadecimal digits of the SHA-256 of everything that was signed. If any of it differs, it is another
/// request, which the gateway would not recognize.
/// </param>
internal sealed record RecordedIntent(string Nonce, DateTimeOffset Timestamp, string Fingerprint)
{
    /// <summary>How far the gateway's clock was ahead of this machine's when the request was signed, in whole seconds; zero if unknown.</summary>
    internal TimeSpan ClockOffset { get; init; }

    /// <summary>The request's age by the gateway's clock.</summary>
    internal TimeSpan AgeAt(DateTimeOffset now) => (now + ClockOffset - Timestamp).Duration();
}
