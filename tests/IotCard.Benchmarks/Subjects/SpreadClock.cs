namespace IotCard.Benchmarks.Subjects;

/// <summary>
/// The system's clock, but with timers that fire up to a fifth too early or too late, on average on time. Responses then
/// arrive one by one, as on a real line, rather than all within one millisecond.
/// </summary>
internal sealed class SpreadClock : TimeProvider
{
    private const double Deviation = 0.2;

    // Multiples of the golden ratio are spread evenly, however many there are.
    private const double Step = 0.6180339887498949;

    private int _timers;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? dueTime * Factor() : dueTime, period);

    private double Factor()
    {
        var place = Interlocked.Increment(ref _timers) * Step % 1;
        return 1 + (Deviation * ((2 * place) - 1));
    }
}
