using System.Management.Automation;
using IotCard.Sessions;
using IotCard.Texts;

namespace IotCard.Output;

/// <summary>Writes to the verbose stream when a run begins to wait, for what and how long, and when it continues.</summary>
internal sealed class WaitMessages(PSCmdlet command, Text text)
{
    private bool _isOutage;
    private bool _isThrottled;

    /// <summary>What the run is waiting for, as text; null if it is not.</summary>
    internal static string? Describe(RunSession session, Text text)
    {
        if (session.Outage is { } outage)
        {
            return text.Format(
                "WaitingForService", text.MeaningOf(outage.Code) ?? outage.Code, (int)outage.Elapsed.TotalSeconds, (int)outage.Timeout.TotalSeconds);
        }

        return session.ThrottlePause > TimeSpan.Zero
            ? text.Format("WaitingForQuota", Math.Ceiling(session.ThrottlePause.TotalSeconds))
            : null;
    }

    /// <summary>The same in few words, for a progress bar; null if the run is not waiting.</summary>
    internal static string? DescribeBriefly(RunSession session, Text text) =>
        session.Outage is { } outage
            ? text.Format("ProgressOutage", (int)outage.Elapsed.TotalSeconds, (int)outage.Timeout.TotalSeconds)
        : session.ThrottlePause > TimeSpan.Zero
            ? text.Format("ProgressThrottled", Math.Ceiling(session.ThrottlePause.TotalSeconds))
        : null;

    internal void Update(RunSession session)
    {
        var (isOutage, isThrottled) = (session.Outage is not null, session.ThrottlePause > TimeSpan.Zero);
        if ((isOutage && !_isOutage) || (isThrottled && !_isThrottled && !isOutage))
        {
            command.WriteVerbose(Describe(session, text) ?? string.Empty);
        }
        else if (_isOutage && !isOutage && session.CurrentRun.AbortReason is null)
        {
            command.WriteVerbose(text.Get("ServiceIsBack"));
        }

        (_isOutage, _isThrottled) = (isOutage, isThrottled);
    }
}
