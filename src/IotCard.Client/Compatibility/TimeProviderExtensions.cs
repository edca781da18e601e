namespace IotCard.Client;

internal static class TimeProviderExtensions
{
    /// <summary>Makes a source that is cancelled after a time on this clock.</summary>
    internal static CancellationTokenSource CreateTimeout(this TimeProvider clock, TimeSpan timeout) =>
#if NET
        new(timeout, clock);
#else
        clock.CreateCancellationTokenSource(timeout);
#endif
}
