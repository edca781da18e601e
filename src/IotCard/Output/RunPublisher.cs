using System.Diagnostics;
using System.Management.Automation;
using IotCard.Sessions;
using IotCard.Texts;

namespace IotCard.Output;

/// <summary>
/// Publishes a run: its results in input order, progress, messages about waiting, and the closing words. Everything happens
/// on the pipeline thread, except a stop.
/// </summary>
internal sealed class RunPublisher : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <summary>How often messages about the run are looked for while results are written one after the other.</summary>
    private static readonly long RemarkInterval = Stopwatch.Frequency / 10;

    /// <summary>How long a result may wait for others, so that the pipeline thread is not woken for every single one.</summary>
    private static readonly TimeSpan BatchingDelay = TimeSpan.FromMilliseconds(50);

    private readonly PSCmdlet _command;
    private readonly Text _text;
    private readonly RunSession _session;
    private readonly ResultWriter _writer;
    private readonly CancellationToken _stopped;
    private readonly RunProgress _progress;
    private readonly WaitMessages _waits;
    private long _remarkedAt;
    private bool _hasWarnedOfClock;
    private bool _isComplete;

    /// <summary>Creates the publisher of a session, which it disposes.</summary>
    /// <param name="command">The command.</param>
    /// <param name="text">The texts.</param>
    /// <param name="session">The session.</param>
    /// <param name="writer">Writes the results.</param>
    /// <param name="activity">The words above the progress bar.</param>
    /// <param name="stopped">Canceled when the pipeline is stopped.</param>
    internal RunPublisher(PSCmdlet command, Text text, RunSession session, ResultWriter writer, string activity, CancellationToken stopped)
    {
        _command = command;
        _text = text;
        _session = session;
        _writer = writer;
        _stopped = stopped;
        _progress = new RunProgress(command, text, activity);
        _waits = new WaitMessages(command, text);
    }

    /// <summary>Writes the completed results, and waits for more while the run is full.</summary>
    /// <exception cref="PipelineStoppedException">The pipeline was stopped.</exception>
    internal void Publish()
    {
        WriteCompleted();

        // For every row it would cost more than the row.
        if (Stopwatch.GetTimestamp() - _remarkedAt > RemarkInterval)
        {
            Remark();
        }

        while (_session.CurrentRun.IsFull)
        {
            WaitAndPublish();
        }
    }

    /// <summary>Waits for the open rows, writes their results, and closes the run.</summary>
    /// <exception cref="PipelineStoppedException">The pipeline was stopped.</exception>
    internal void PublishAll()
    {
        _session.Total ??= _session.CurrentRun.Counts.Enqueued;
        while (!_session.CurrentRun.IsEmpty)
        {
            WaitAndPublish();
        }

        Complete();
    }

    /// <summary>Sends nothing new. Any thread may call it.</summary>
    internal void Stop() => _session.CurrentRun.Stop();

    /// <summary>Ends the run, and says so if its results were not all published.</summary>
    public void Dispose()
    {
        _session.Dispose();
        if (!_isComplete)
        {
            _isComplete = true;
            _writer.CompleteEarly();
        }
    }

    private void WaitAndPublish()
    {
        if (Wait(_session.CurrentRun.WaitForNextAsync(), Interval))
        {
            Wait(_session.CurrentRun.WaitForBatchAsync(), BatchingDelay);
        }

        WriteCompleted();
        Remark();
        _progress.Update(_session);
    }

    private void WriteCompleted()
    {
        while (_writer.TryWriteNext())
        {
            _progress.Update(_session);
        }

        if (_writer.IsEnding)
        {
            WriteTheRestAndEnd();
        }
    }

    /// <summary>Before an error ends the pipeline, every row gets its result: requests in flight are awaited, the rest is not sent.</summary>
    private void WriteTheRestAndEnd()
    {
        var drained = _session.DrainAsync();
        while (!Wait(drained, Interval))
        {
            _progress.Update(_session);
        }

        while (_writer.TryWriteNext())
        {
        }

        Complete();
        _writer.End();
    }

    private void Complete()
    {
        _isComplete = true;
        Remark();
        _progress.Complete();
        _writer.Complete();
    }

    private void Remark()
    {
        _remarkedAt = Stopwatch.GetTimestamp();
        WarnOfClock();
        _waits.Update(_session);
        _writer.Remark();
    }

    private bool Wait(Task task, TimeSpan limit)
    {
        try
        {
            return task.Wait((int)limit.TotalMilliseconds, _stopped);
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
    }

    private void WarnOfClock()
    {
        if (!_hasWarnedOfClock && _session.ClockOffset != TimeSpan.Zero)
        {
            _hasWarnedOfClock = true;
            _command.WriteWarning(_text.Format("ClockOff", Math.Round(_session.ClockOffset.TotalMinutes)));
        }
    }
}
