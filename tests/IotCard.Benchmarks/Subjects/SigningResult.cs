namespace IotCard.Benchmarks.Subjects;

/// <summary>The time of one signature, and of its digests alone.</summary>
/// <param name="SignSeconds">An ACS3 signature.</param>
/// <param name="DigestSeconds">Two SHA-256 and one HMAC over the same bytes.</param>
internal sealed record SigningResult(double SignSeconds, double DigestSeconds);
