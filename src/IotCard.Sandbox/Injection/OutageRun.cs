using IotCard.Sandbox.Faults;

namespace IotCard.Sandbox.Injection;

/// <summary>The current <see cref="Faults.Outage"/> and its progress.</summary>
/// <param name="outage">The outage.</param>
/// <param name="executedBefore">How many operations had been executed when it was set.</param>
internal sealed class OutageRun(Outage outage, long executedBefore)
{
    private volatile bool _hasStarted;

    public Outage Outage => outage;

    public long ExecutedBefore => executedBefore;

    public bool HasStarted => _hasStarted;

    public long StartedAt { get; private set; }

    /// <summary>How many requests it has blocked.</summary>
    public int Struck { get; set; }

    public TaskCompletionSource Started { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Canceled when connections are to be accepted again. Not disposed: it has neither timer nor wait handle.</summary>
    public CancellationTokenSource Over { get; } = new();

    public void Start(long timestamp)
    {
        StartedAt = timestamp;
        _hasStarted = true;
    }
}
