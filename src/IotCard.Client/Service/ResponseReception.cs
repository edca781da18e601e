using IotCard.Client.Rules;

namespace IotCard.Client.Service;

/// <summary>A response from its first byte until it has been examined, or never will be.</summary>
internal sealed class ResponseReception(ResponseOrder order) : IDisposable
{
    private readonly TaskCompletionSource<AttemptResult> _examined = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private AttemptResult? _read;

    /// <summary>Whether it keeps no later response waiting: it was read, or never will be.</summary>
    internal bool IsComplete { get; private set; }

    /// <summary>Has the response examined, once all that began to arrive earlier have been.</summary>
    /// <param name="read">What was read.</param>
    /// <returns>The examined result. Each earlier response has its own timeout, so this needs none.</returns>
    internal Task<AttemptResult> ExamineAsync(AttemptResult read)
    {
        order.Complete(this, read);
        return _examined.Task;
    }

    /// <summary>Keeps no later response waiting any longer, if this one was not read.</summary>
    public void Dispose()
    {
        if (_read is null)
        {
            order.Complete(this, read: null);
        }
    }

    /// <summary>Called by the order, under its lock.</summary>
    internal void Complete(AttemptResult? read)
    {
        _read = read;
        IsComplete = true;
    }

    /// <summary>Called by the order, under its lock.</summary>
    internal void Examine(Func<AttemptResult, AttemptResult> examine)
    {
        if (_read is null)
        {
            return;
        }

        try
        {
            _examined.SetResult(examine(_read));
        }
        catch (Exception failure)
        {
            _examined.SetException(failure);
        }
    }
}
