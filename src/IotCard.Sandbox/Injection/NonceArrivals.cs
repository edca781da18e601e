namespace IotCard.Sandbox.Injection;

/// <summary>
/// Counts how often each nonce arrived. A nonce that has not arrived for a while is forgotten, after two lifetimes of a
/// timestamp at the latest, when no client can use it any more.
/// </summary>
internal sealed class NonceArrivals(TimeProvider clock)
{
    private static readonly TimeSpan Generation = TimeSpan.FromMinutes(30);

    private readonly Lock _gate = new();
    private Dictionary<string, int> _young = new(StringComparer.Ordinal);
    private Dictionary<string, int> _old = new(StringComparer.Ordinal);
    private DateTimeOffset _since = clock.GetUtcNow();

    /// <summary>Counts an arrival.</summary>
    /// <returns>Its ordinal, from 1.</returns>
    public int Count(string nonce)
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            if (now - _since >= Generation)
            {
                (_old, _young) = (_young, new Dictionary<string, int>(StringComparer.Ordinal));
                _since = now;
            }

            if (!_young.TryGetValue(nonce, out var count))
            {
                _old.TryGetValue(nonce, out count);
            }

            return _young[nonce] = count + 1;
        }
    }
}
