using System.Diagnostics;
using System.Management.Automation;
using IotCard.Texts;

namespace IotCard.Commands;

/// <summary>Writes a run's results, with progress and messages about waiting. Everything happens on the pipeline thread.</summary>
/// <param name="command">The command.</param>
/// <param name="text">The texts.</param>
/// <param name="session">The session; null if there is no run, as under -WhatIf.</param>
/// <param name="activity">The name of the text for the progress bar.</param>
internal abstract class RunPublisher(RunCommand command, Text text, RunSession? session, string activity)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <summary>How often messages about the run are looked for while results are written one after the other.</summary>
    private static readonly long RemarkInterval = Stopwatch.Frequency / 10;

    /// <summary>How long a result may wait for others, so that the pipeline thread is not woken for every single one.</summary>
    private static readonly TimeSpan BatchingDelay = TimeSpan.FromMilliseconds(50);

    private readonly RunProgress _progress = new(command, text, activity);
    private readonly WaitMessages _waits = new(command, text);
    private long _remarkedAt;
    private bool _hasWarnedOfClock;

    private protected RunCommand Command => command;

    private protected Text Text => text;

    /// <summary>Writes the completed results.</summary>
    internal void Publish()
    {
        WriteCompleted();

        // For every row it would cost more than the row.
        if (Stopwatch.GetTimestamp() - _remarkedAt > RemarkInterval)
        {
            Remark();
        }
    }

    /// <summary>Waits a moment for the next result, and writes the completed ones.</summary>
    /// <exception cref="PipelineStoppedException">The pipeline was stopped.</exception>
    internal void WaitAndPublish(CancellationToken stop)
    {
        if (Wait(session!.CurrentRun.WaitForNextAsync(), Interval, stop))
        {
            Wait(session.CurrentRun.WaitForBatchAsync(), BatchingDelay, stop);
        }

        WriteCompleted();
        Remark();
        _progress.Update(session);
    }

    /// <summary>Writes the closing messages of a run.</summary>
    internal virtual void Complete()
    {
        Remark();
        _progress.Complete();
    }

    /// <summary>Waits for a task while updating the progress bar.</summary>
    private protected void WaitFor(Task task)
    {
        while (!Wait(task, Interval, command.StopToken))
        {
            _progress.Update(session!);
        }
    }

    /// <summary>Writes the next result.</summary>
    /// <returns>False if it is not complete yet.</returns>
    private protected abstract bool TryWriteNext();

    /// <summary>Writes current messages about the run, if any.</summary>
    private protected virtual void Remark()
    {
        _remarkedAt = Stopwatch.GetTimestamp();
        WarnOfClock();
        _waits.Update(session!);
    }

    private void WriteCompleted()
    {
        while (TryWriteNext())
        {
            _progress.Update(session!);
        }
    }

    private static bool Wait(Task task, TimeSpan limit, CancellationToken stop)
    {
        try
        {
            return task.Wait((int)limit.TotalMilliseconds, stop);
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
    }

    private void WarnOfClock()
    {
        if (!_hasWarnedOfClock && session!.ClockOffset != TimeSpan.Zero)
        {
            _hasWarnedOfClock = true;
            command.WriteWarning(text.Format("ClockOff", Math.Round(session.ClockOffset.TotalMinutes)));
        }
    }
}
