using System.Diagnostics;
using System.Management.Automation;
using IotCard.Client.Running;
using IotCard.Sessions;
using IotCard.Texts;

namespace IotCard.Output;

/// <summary>
/// A run's progress bar: how much is done, with which outcomes, at which rate, and the time left. Drawn at most four
/// times a second.
/// </summary>
/// <param name="command">The command.</param>
/// <param name="text">The texts.</param>
/// <param name="activity">The words above the bar.</param>
internal sealed class RunProgress(PSCmdlet command, Text text, string activity)
{
    private const int ActivityId = 1;
    private const int DrawnEachSecond = 4;
    private const int RememberedSeconds = 5;

    private static readonly long Interval = Stopwatch.Frequency / DrawnEachSecond;

    // The numbers sent at the last few updates: the rate is averaged over some seconds, so that neither it nor the time
    // left fluctuates.
    private readonly Queue<(long At, long Sent)> _drawn = new();
    private long _drawnAt = Stopwatch.GetTimestamp();
    private bool _isShown;

    internal void Update(RunSession session)
    {
        var now = Stopwatch.GetTimestamp();
        if (now - _drawnAt < Interval)
        {
            return;
        }

        var counts = session.CurrentRun.Counts;
        var perSecond = Measure(now, counts.Done - counts.Settled);
        _drawnAt = now;
        _isShown = true;
        Write(Describe(counts, session.Total, perSecond, WaitMessages.DescribeBriefly(session, text)));
    }

    internal void Complete()
    {
        if (_isShown)
        {
            Write(new ProgressRecord(ActivityId, activity, " ") { RecordType = ProgressRecordType.Completed });
        }
    }

    private double Measure(long now, long sent)
    {
        // The time until the first response, including connecting, says nothing about the rate.
        if (sent == 0)
        {
            return 0;
        }

        _drawn.Enqueue((now, sent));
        if (_drawn.Count > RememberedSeconds * DrawnEachSecond)
        {
            _drawn.Dequeue();
        }

        var first = _drawn.Peek();
        return now > first.At ? (sent - first.Sent) * (double)Stopwatch.Frequency / (now - first.At) : 0;
    }

    private ProgressRecord Describe(RunCounts counts, long? total, double perSecond, string? wait)
    {
        var status = text.Format(
            total is null ? "Progress" : "ProgressOfTotal", counts.Done, total ?? counts.Enqueued, counts.Failed, counts.Unknown, perSecond);

        // What does not fit is cut off: what is waited for comes first.
        var record = new ProgressRecord(ActivityId, activity, wait is null ? status : text.Format("ProgressWaiting", wait, status));
        if (total > 0)
        {
            record.PercentComplete = (int)(100 * counts.Done / total);
            record.SecondsRemaining = perSecond > 0 && wait is null ? (int)Math.Min((total.Value - counts.Done) / perSecond, int.MaxValue) : -1;
        }

        return record;
    }

    private void Write(ProgressRecord record) => command.WriteProgress(MinimalView.Fit(command.Host, record));
}
