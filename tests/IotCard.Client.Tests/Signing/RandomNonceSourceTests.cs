using System.Collections.Concurrent;
using IotCard.Client.Signing;

namespace IotCard.Client.Tests.Signing;

public sealed class RandomNonceSourceTests
{
    [Fact]
    public void No_nonce_is_returned_twice_even_to_concurrent_callers()
    {
        var source = new RandomNonceSource();
        var nonces = new ConcurrentBag<string>();

        Parallel.For(0, 10_000, _ => nonces.Add(source.Next()));

        Assert.Equal(10_000, nonces.Distinct(StringComparer.Ordinal).Count());
        Assert.All(nonces, nonce => Assert.Matches("^[0-9a-f]{32}$", nonce));
    }

    [Fact]
    public void Sources_do_not_share_nonces()
    {
        var one = new RandomNonceSource();
        var other = new RandomNonceSource();

        Assert.Empty(Enumerable.Range(0, 200).Select(_ => one.Next()).Intersect(Enumerable.Range(0, 200).Select(_ => other.Next()), StringComparer.Ordinal));
    }
}
