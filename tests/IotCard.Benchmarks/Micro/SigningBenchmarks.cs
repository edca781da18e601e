using BenchmarkDotNet.Attributes;

namespace IotCard.Benchmarks.Micro;

/// <summary>Signing one call, by either method, against the digests that ACS3 requires.</summary>
public class SigningBenchmarks
{
    private readonly SigningSample _sample = new();

    /// <summary>Two SHA-256 and one HMAC over the same bytes.</summary>
    /// <returns>Part of the result.</returns>
    [Benchmark(Baseline = true)]
    public byte DigestsAlone() => _sample.Digest();

    /// <summary>ACS3-HMAC-SHA256.</summary>
    /// <returns>The signed call.</returns>
    [Benchmark]
    public object SignAcs3() => _sample.SignAcs3();

    /// <summary>HMAC-SHA1.</summary>
    /// <returns>The signed call.</returns>
    [Benchmark]
    public object SignHmacSha1() => _sample.SignHmacSha1();
}
