using IotCard.Client.Rules;

namespace IotCard.Client.Running;

/// <summary>What a consumer of results has to know of a run, whatever it runs.</summary>
internal interface IRun : IDisposable
{
    /// <summary>Why nothing more is sent: the code of what ended the run; null while it continues.</summary>
    string? AbortReason { get; }

    /// <summary>Whether results must be dequeued before more can be added.</summary>
    bool IsFull { get; }

    /// <summary>Whether everything that was added has been published.</summary>
    bool IsEmpty { get; }

    /// <summary>The run's progress.</summary>
    RunCounts Counts { get; }

    /// <summary>Waits until the next result is complete.</summary>
    Task WaitForNextAsync();

    /// <summary>
    /// Waits until so many results are complete that more must be added soon. A consumer waits for this a moment longer
    /// once the next result is complete, so that it is not woken for every single one.
    /// </summary>
    Task WaitForBatchAsync();

    /// <summary>Waits until all results are complete.</summary>
    Task WaitForAllAsync();

    /// <summary>Sends nothing new from now on.</summary>
    /// <param name="reason">The code of what stops the run.</param>
    void Stop(string reason = OutcomeCode.Stopped);
}
