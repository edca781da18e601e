using IotCard.Client.Journaling;

namespace IotCard.Client.Settling;

/// <summary>
/// Looks the Unknown rows of a journal up in the audit trail: at once, and, if the caller waits and some events may not be
/// there yet, once more when they must be.
/// </summary>
/// <param name="path">The journal.</param>
/// <param name="clock">Determines the age of a request.</param>
internal sealed class AuditSettler(string path, TimeProvider clock)
{
    /// <summary>How long the wait sleeps at most: timers stand still while a machine sleeps, its clock does not.</summary>
    private static readonly TimeSpan LongestNap = TimeSpan.FromSeconds(10);

    /// <summary>Reads the journal's job.</summary>
    /// <exception cref="JournalException">The file is not a journal.</exception>
    internal AuditJob Read() => AuditJob.Read(path, clock);

    /// <summary>Decides about each row of a job.</summary>
    /// <param name="job">The job.</param>
    /// <param name="lookUp">Looks a job up, and decides by what it found.</param>
    /// <param name="wait">Waits, usually with <see cref="WaitAsync"/>, until a job is ready; null not to wait.</param>
    /// <returns>The rows. They are read anew after the wait: some may have been settled meanwhile.</returns>
    internal IReadOnlyList<SettledRow> Settle(AuditJob job, Func<AuditJob, IReadOnlyList<SettledRow>> lookUp, Action<AuditJob>? wait)
    {
        var rows = lookUp(job);
        if (wait is null || !rows.Any(static row => row.IsTooEarly))
        {
            return rows;
        }

        wait(job);
        return lookUp(Read());
    }

    /// <summary>Waits until the events of all rows of a job must be there.</summary>
    /// <param name="job">The job.</param>
    /// <param name="stop">Ends the wait at once.</param>
    /// <returns>A task that completes then.</returns>
    internal async Task WaitAsync(AuditJob job, CancellationToken stop)
    {
        while (job.ReadyIn is { Ticks: > 0 } left)
        {
            await clock.WaitAsync(left < LongestNap ? left : LongestNap, stop).ConfigureAwait(false);
        }
    }
}
