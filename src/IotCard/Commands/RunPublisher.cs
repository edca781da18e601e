using System.Management.Automation;
using IotCard.Texts;

namespace IotCard.Commands;

/// <summary>Writes what a run gives out, with progress and remarks on waiting. All of it on the pipeline thread.</summary>
/// <param name="command">The command.</param>
/// <param name="text">The words.</param>
/// <param name="session">The session; null where no run has anything to publish, as under -WhatIf.</param>
/// <param name="activity">The name of the text that says what is done.</param>
internal abstract class RunPublisher(RunCommand command, Text text, RunSession? session, string activity)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <summary>How long a result may wait for others, so that the pipeline thread is not woken for each single one.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(10);

    private readonly RunProgress _progress = new(command, text, activity);
    private readonly WaitRemarks _waits = new(command, text);
    private bool _hasWarnedOfClock;

    private protected RunCommand Command => command;

    private protected Text Text => text;

    /// <summary>Writes the results that are there.</summary>
    internal void Publish()
    {
        while (TryWriteNext())
        {
            _progress.Update(session!, isTotalKnown: false);
        }

        WarnOfClock();
        Remark();
        _waits.Update(session!);
    }

    /// <summary>Waits a moment for the next result, and writes those that are there.</summary>
    /// <exception cref="PipelineStoppedException">The pipeline was stopped.</exception>
    internal void WaitAndPublish(bool isTotalKnown, CancellationToken stop)
    {
        if (Wait(session!.CurrentRun.WaitForNextAsync(), Interval, stop))
        {
            Wait(session.CurrentRun.WaitForAllAsync(), Gathering, stop);
        }

        Publish();
        _progress.Update(session, isTotalKnown);
    }

    /// <summary>Says at the end of a run what there is to say.</summary>
    internal virtual void Complete() => _progress.Complete();

    /// <summary>Waits for a task, with the bar moving.</summary>
    private protected void WaitFor(Task task)
    {
        while (!Wait(task, Interval, command.StopToken))
        {
            _progress.Update(session!, isTotalKnown: true);
        }
    }

    /// <summary>Writes the next result.</summary>
    /// <returns>False where it is not there yet.</returns>
    private protected abstract bool TryWriteNext();

    /// <summary>Writes what has to be said of the run now, where that is anything.</summary>
    private protected virtual void Remark()
    {
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
