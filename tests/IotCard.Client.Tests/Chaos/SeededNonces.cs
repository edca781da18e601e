using System.Globalization;
using IotCard.Client.Signing;

namespace IotCard.Client.Tests.Chaos;

/// <summary>Nonces that are the same in every run with a seed, and different for every other seed.</summary>
internal sealed class SeededNonces(int seed) : INonceSource
{
    private int _count;

    public string Next() => string.Create(CultureInfo.InvariantCulture, $"chaos-{seed}-{Interlocked.Increment(ref _count)}");
}
