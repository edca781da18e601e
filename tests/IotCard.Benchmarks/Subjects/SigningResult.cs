namespace IotCard.Benchmarks.Subjects;

/// <summary>What signing once takes, and what its digests alone take.</summary>
/// <param name="SignSeconds">Signing by ACS3.</param>
/// <param name="DigestSeconds">Two SHA-256 and one HMAC over the same bytes.</param>
internal sealed record SigningResult(double SignSeconds, double DigestSeconds);
