using System.Net.Sockets;
using IotCard.Sandbox.Faults;
using IotCard.Sandbox.Logging;
using IotCard.Sandbox.Wire;

namespace IotCard.Sandbox.Injection;

/// <summary>Begins and ends an <see cref="Outage"/>, and blocks requests while it lasts.</summary>
internal sealed class OutageSwitch(TimeProvider clock, ServiceLog log, SandboxListener listener) : IDisposable
{
    // Requests share the lock while no outage is set, and hold it exclusively while one is. This makes the count before an
    // outage exact, and nothing is executed once it has begun.
    private readonly ReaderWriterLockSlim _gate = new();

    private readonly SemaphoreSlim _changing = new(1);
    private volatile OutageRun? _run;

    /// <summary>The current outage, whether or not it has begun; null = none, or over.</summary>
    public Outage? Current
    {
        get
        {
            EndIfOver();
            return _run?.Outage;
        }
    }

    /// <summary>Whether the service is now unreachable.</summary>
    public bool IsActive
    {
        get
        {
            EndIfOver();
            return _run is { HasStarted: true };
        }
    }

    /// <summary>Completes when the current outage has begun; at once if there is none.</summary>
    public Task Started => _run?.Started.Task ?? Task.CompletedTask;

    /// <summary>Completes when the current outage is over and requests are processed again.</summary>
    public Task Ended => _run?.Ended.Task ?? Task.CompletedTask;

    /// <summary>Ends the current outage, if any, and sets another.</summary>
    /// <param name="outage">A valid outage; null = none.</param>
    /// <returns>A task that completes when the old one is over and the new one, unless it begins later, has begun.</returns>
    public async Task SetAsync(Outage? outage)
    {
        await _changing.WaitAsync();
        try
        {
            if (_run is { } old)
            {
                Alone(() => End(old));

                await old.Ended.Task;
            }

            if (outage is null)
            {
                return;
            }

            OutageRun? run = null;
            Alone(() =>
            {
                _run = run = new OutageRun(outage, log.ExecutedEver);
                StartIfDue(run);
            });
            if (run!.HasStarted)
            {
                await run.Started.Task;
            }
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>Processes a request, unless an outage blocks it.</summary>
    /// <returns>Null, or the outage that blocks it.</returns>
    public OutageKind? Enter(Exchange exchange, Action<Exchange> process)
    {
        _gate.EnterReadLock();
        try
        {
            if (_run is null)
            {
                process(exchange);
                return null;
            }
        }
        finally
        {
            _gate.ExitReadLock();
        }

        _gate.EnterWriteLock();
        try
        {
            if (_run is { } run && Strikes(run))
            {
                log.CountOutageRequest();
                return run.Outage.Kind;
            }

            process(exchange);
            if (_run is { } armed)
            {
                StartIfDue(armed);
            }

            return null;
        }
        finally
        {
            _gate.ExitWriteLock();
        }
    }

    public void Dispose()
    {
        _changing.Dispose();
        _gate.Dispose();
    }

    private void Alone(Action change)
    {
        _gate.EnterWriteLock();
        try
        {
            change();
        }
        finally
        {
            _gate.ExitWriteLock();
        }
    }

    private bool Strikes(OutageRun run)
    {
        if (!run.HasStarted)
        {
            return false;
        }

        if (IsOver(run))
        {
            End(run);
            return false;
        }

        run.Struck++;
        if (run.Struck == run.Outage.Attempts)
        {
            End(run);
        }

        return true;
    }

    private void StartIfDue(OutageRun run)
    {
        if (run.HasStarted || log.ExecutedEver - run.ExecutedBefore < run.Outage.AfterExecuted)
        {
            return;
        }

        run.Start(clock.GetTimestamp());
        if (run.Outage.Kind is OutageKind.Refuse)
        {
            _ = Task.Run(() => RefuseAsync(run));
        }
        else
        {
            run.Started.TrySetResult();
        }
    }

    private void EndIfOver()
    {
        if (_run is { } seen && IsOver(seen))
        {
            Alone(() => End(seen));
        }
    }

    // Refusing connections has its own timer, because no request arrives to notice its end.
    private bool IsOver(OutageRun run) =>
        run.HasStarted && run.Outage.Kind is not OutageKind.Refuse && clock.GetElapsedTime(run.StartedAt) >= run.Outage.Duration;

    private void End(OutageRun run)
    {
        if (run.Outage.Kind is OutageKind.Refuse && run.HasStarted)
        {
            run.Over.Cancel();
            return;
        }

        if (ReferenceEquals(_run, run))
        {
            _run = null;
        }

        run.Started.TrySetResult();
        run.Ended.TrySetResult();
    }

    private async Task RefuseAsync(OutageRun run)
    {
        try
        {
            await listener.StopListeningAsync();
            run.Started.TrySetResult();
            await Task.Delay(run.Outage.Duration ?? Timeout.InfiniteTimeSpan, clock, run.Over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _run = null;
            await listener.ListenAgainAsync();
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            // Another program has taken the port: fail the waits rather than block them forever.
            _run = null;
            run.Started.TrySetException(exception);
            run.Ended.TrySetException(exception);
        }

        run.Started.TrySetResult();
        run.Ended.TrySetResult();
    }
}
