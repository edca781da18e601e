namespace IotCard.Sandbox.Audit;

/// <summary>Two lookups a second, as the quota page of the audit trail says.</summary>
internal sealed class LookupRate(TimeProvider clock)
{
    private const int PerSecond = 2;

    private readonly Lock _gate = new();
    private readonly Queue<DateTimeOffset> _recent = [];

    /// <summary>Counts a lookup.</summary>
    /// <returns>False for a third one within a second, which is not counted.</returns>
    public bool TryEnter()
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            while (_recent.TryPeek(out var oldest) && now - oldest >= TimeSpan.FromSeconds(1))
            {
                _recent.Dequeue();
            }

            if (_recent.Count == PerSecond)
            {
                return false;
            }

            _recent.Enqueue(now);
            return true;
        }
    }
}
