using IotCard.Client.Running;
using IotCard.Client.Sending;

namespace IotCard.Sessions;

/// <summary>What a command holds from its first row to its last: the credential, the connections, the run.</summary>
/// <param name="connection">The credential and the connections; the session disposes them.</param>
/// <param name="senders">The senders, one for each endpoint.</param>
internal abstract class RunSession(ServiceConnection connection, RequestSender[] senders) : IDisposable
{
    /// <summary>How long recording the outcomes of abandoned requests may take.</summary>
    private static readonly TimeSpan RecordingTimeout = TimeSpan.FromSeconds(5);

    private bool _isDisposed;

    internal abstract IRun CurrentRun { get; }

    /// <summary>How many rows the run will have in all; null while that is not known.</summary>
    internal long? Total { get; set; }

    /// <summary>How far the gateway's clock is ahead of this machine's, as far as known.</summary>
    internal TimeSpan ClockOffset => Array.Find(senders, static sender => sender.Clock.Offset != TimeSpan.Zero)?.Clock.Offset ?? TimeSpan.Zero;

    /// <summary>The outage that the run is waiting for; null if there is none.</summary>
    internal Outage? Outage => Array.Find(senders, static sender => sender.Circuit.Outage is not null)?.Circuit.Outage;

    /// <summary>How long the run still pauses because it was throttled.</summary>
    internal TimeSpan ThrottlePause
    {
        get
        {
            var longest = TimeSpan.Zero;
            foreach (var sender in senders)
            {
                longest = sender.RateLimiter.Pause is var pause && pause > longest ? pause : longest;
            }

            return longest;
        }
    }

    /// <summary>How long requests in flight are still awaited once the run is stopped.</summary>
    private protected virtual TimeSpan Grace => TimeSpan.Zero;

    /// <summary>Waits until every row of a stopped run has its outcome; requests that are not answered within the timeout are abandoned.</summary>
    internal async Task DrainAsync()
    {
        await Task.WhenAny(CurrentRun.WaitForAllAsync(), Task.Delay(connection.Timeout)).ConfigureAwait(false);
        connection.GiveUp();
        await CurrentRun.WaitForAllAsync().ConfigureAwait(false);
    }

    /// <summary>Ends the run.</summary>
    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        CurrentRun.Stop();
        CurrentRun.WaitForAllAsync().Wait(Grace);
        connection.GiveUp();
        CurrentRun.WaitForAllAsync().Wait(RecordingTimeout);
        Close();
        connection.Dispose();
    }

    /// <summary>Closes the run's resources, now that it has ended.</summary>
    private protected abstract void Close();
}
