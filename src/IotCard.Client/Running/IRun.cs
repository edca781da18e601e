using IotCard.Client.Sending;

namespace IotCard.Client.Running;

/// <summary>What whoever takes results out of a run has to know of it, whatever the run does.</summary>
internal interface IRun : IDisposable
{
    /// <summary>Why nothing more is sent: the code of what ended the run; null while it goes on.</summary>
    string? AbortReason { get; }

    /// <summary>Whether results must be taken out before more can be taken in.</summary>
    bool IsFull { get; }

    /// <summary>Whether everything that was taken in has been given out.</summary>
    bool IsEmpty { get; }

    /// <summary>How far the run is.</summary>
    RunCounts Counts { get; }

    /// <summary>Waits until the next result is there.</summary>
    Task WaitForNextAsync();

    /// <summary>Waits until all results are there.</summary>
    Task WaitForAllAsync();

    /// <summary>Sends nothing new from now on.</summary>
    /// <param name="reason">The code of what stops the run.</param>
    void Stop(string reason = OutcomeCode.Stopped);
}
