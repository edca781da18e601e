using System.Diagnostics;

namespace IotCard.Benchmarks.Subjects;

/// <summary>Signing and the digests that it requires, in alternation, so that both run under the same conditions.</summary>
internal static class SigningSubject
{
    private const int Rounds = 31;
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(700);

    /// <summary>Measures rounds of a number of signatures.</summary>
    internal static SigningResult Run(int perRound)
    {
        var sample = new SigningSample();
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < WarmUp;)
        {
            Sign(sample, 200);
            Digest(sample, 200);
        }

        var sign = new double[Rounds];
        var digest = new double[Rounds];
        for (var i = 0; i < Rounds; i++)
        {
            sign[i] = Sign(sample, perRound);
            digest[i] = Digest(sample, perRound);
        }

        return new SigningResult(Median.Compute(sign), Median.Compute(digest));
    }

    private static double Sign(SigningSample sample, int times)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < times; i++)
        {
            GC.KeepAlive(sample.SignAcs3());
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds / times;
    }

    private static double Digest(SigningSample sample, int times)
    {
        var mixed = 0;
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < times; i++)
        {
            mixed ^= sample.Digest();
        }

        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds / times;
        GC.KeepAlive(mixed);
        return seconds;
    }
}
