using System.Diagnostics;
using System.Management.Automation;
using IotCard.Client.Running;
using IotCard.Texts;

namespace IotCard.Commands;

/// <summary>The bar of a run: how much is done, how it went, how fast, and how long it will take. Drawn four times a second at most.</summary>
internal sealed class RunProgress(Cmdlet command, Text text)
{
    private const int ActivityId = 1;
    private const double RememberedSeconds = 5;

    private static readonly long Interval = Stopwatch.Frequency / 4;

    private long _drawnAt = Stopwatch.GetTimestamp();
    private long _drawnSent;
    private double _perSecond;
    private bool _isTotalKnown;
    private bool _isShown;

    internal void Update(BindingRun run, bool isTotalKnown)
    {
        _isTotalKnown |= isTotalKnown;
        var now = Stopwatch.GetTimestamp();
        if (now - _drawnAt < Interval)
        {
            return;
        }

        var counts = run.Counts;
        var seconds = (now - _drawnAt) / (double)Stopwatch.Frequency;
        var sent = counts.Done - counts.Settled;
        var perSecond = (sent - _drawnSent) / seconds;

        // Smoothed over some seconds, so that neither the rate nor the time left jumps about.
        var weight = _isShown ? 1 - Math.Exp(-seconds / RememberedSeconds) : 1;
        _perSecond += (perSecond - _perSecond) * weight;
        _drawnAt = now;
        _drawnSent = sent;
        _isShown = true;
        command.WriteProgress(Describe(counts));
    }

    internal void Complete()
    {
        if (_isShown)
        {
            command.WriteProgress(new ProgressRecord(ActivityId, Activity, " ") { RecordType = ProgressRecordType.Completed });
        }
    }

    private string Activity => text.Get("ProgressActivity");

    private ProgressRecord Describe(RunCounts counts)
    {
        var status = text.Format(
            _isTotalKnown ? "ProgressOfTotal" : "Progress", counts.Done, counts.TakenIn, counts.Failed, counts.Unknown, _perSecond);
        var record = new ProgressRecord(ActivityId, Activity, status);
        if (_isTotalKnown && counts.TakenIn > 0)
        {
            record.PercentComplete = (int)(100 * counts.Done / counts.TakenIn);
            record.SecondsRemaining = _perSecond > 0 ? (int)Math.Min((counts.TakenIn - counts.Done) / _perSecond, int.MaxValue) : -1;
        }

        return record;
    }
}
