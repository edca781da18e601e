using System.Management.Automation;

namespace IotCard.Commands;

/// <summary>The base of all commands that have many calls in flight and publish their results in input order.</summary>
public abstract class RunCommand : ServiceCommand
{
    private RunSession? _session;
    private RunPublisher? _publisher;

    /// <summary>The maximum number of requests in flight, 1 to 256.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    [ArgumentCompleter(typeof(ThrottleLimitCompleter))]
    public int ThrottleLimit { get; set; } = 5;

    /// <summary>
    /// The maximum number of requests a second, 1 to 10000; no ceiling by default. A run slows down by itself when it
    /// is throttled.
    /// </summary>
    [Parameter]
    [ValidateRange(1, 10000)]
    public int? RequestsPerSecond { get; set; }

    /// <summary>
    /// How often a row that gets no connection is retried while the service is reachable, 0 to 100. Throttling does not
    /// count as a failed attempt.
    /// </summary>
    [Parameter]
    [ValidateRange(0, 100)]
    public int MaximumRetryCount { get; set; } = 3;

    /// <summary>
    /// How long the run waits for an unreachable service, and how long an in-doubt operation is resent, in seconds, 0
    /// to 3600. With 0 there is no waiting, and an in-doubt operation is resent <see cref="MaximumRetryCount"/> times.
    /// </summary>
    [Parameter]
    [ValidateRange(0, 3600)]
    public int OutageTimeoutSec { get; set; } = 120;

    /// <summary>Whether the first error ends the pipeline.</summary>
    internal bool WillStop
    {
        get
        {
            var action = MyInvocation.BoundParameters.TryGetValue("ErrorAction", out var bound) ? bound : GetVariableValue("ErrorActionPreference");
            return string.Equals(action?.ToString(), nameof(ActionPreference.Stop), StringComparison.OrdinalIgnoreCase);
        }
    }

    /// <summary>Waits for the open rows and writes the results.</summary>
    protected override void EndProcessing()
    {
        if (_session is not { } session)
        {
            return;
        }

        session.Total ??= session.CurrentRun.Counts.Enqueued;
        while (!session.CurrentRun.IsEmpty)
        {
            _publisher!.WaitAndPublish(StopToken);
        }

        session.IsReported = true;
        _publisher!.Complete();
    }

    /// <summary>Sends nothing new.</summary>
    protected override void StopProcessing()
    {
        _session?.CurrentRun.Stop();
        base.StopProcessing();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && _session is { } session)
        {
            session.Dispose();
            ReportEarlyEnd();
        }

        base.Dispose(disposing);
    }

    /// <summary>Reports the outcome of a stopped run, if it matters.</summary>
    private protected virtual void ReportEarlyEnd()
    {
    }

    /// <summary>Begins the run.</summary>
    private protected void Begin(RunSession session, RunPublisher publisher) => (_session, _publisher) = (session, publisher);

    /// <summary>Writes the completed results, and waits for more while the run is full.</summary>
    private protected void Publish()
    {
        _publisher!.Publish();
        while (_session!.CurrentRun.IsFull)
        {
            _publisher.WaitAndPublish(StopToken);
        }
    }
}
