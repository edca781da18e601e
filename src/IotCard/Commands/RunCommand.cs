using System.Management.Automation;
using IotCard.Client.Sending;
using IotCard.Completion;
using IotCard.Output;
using IotCard.Sessions;

namespace IotCard.Commands;

/// <summary>The base of all commands that have many calls in flight and publish their results in input order.</summary>
public abstract class RunCommand : ServiceCommand
{
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

    /// <summary>Waits for the open rows and writes the results.</summary>
    protected override void EndProcessing() => _publisher?.PublishAll();

    /// <summary>Sends nothing new.</summary>
    protected override void StopProcessing()
    {
        _publisher?.Stop();
        base.StopProcessing();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _publisher?.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>How requests to an endpoint are sent.</summary>
    private protected SenderOptions OptionsFor(ServiceConnection connection, Uri endpoint, int? requestsPerSecond) => connection.Options with
    {
        Endpoint = endpoint,
        MaximumInFlight = ThrottleLimit,
        MaximumRetryCount = MaximumRetryCount,
        OutageTimeout = TimeSpan.FromSeconds(OutageTimeoutSec),
        RequestsPerSecond = requestsPerSecond,
    };

    /// <summary>Begins a run.</summary>
    /// <param name="session">The session; the command disposes it.</param>
    /// <param name="writer">Writes the results.</param>
    /// <param name="activity">The name of the text above the progress bar.</param>
    private protected void Begin(RunSession session, ResultWriter writer, string activity) =>
        _publisher = new RunPublisher(this, Text, session, writer, new ServicePlace(Service, accessKeyId: null, Text).DescribeActivity(activity), StopToken);

    /// <summary>Writes the completed results, and waits for more while the run is full.</summary>
    private protected void Publish() => _publisher!.Publish();
}
