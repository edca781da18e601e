namespace IotCard.Client.Running;

/// <summary>
/// Returns results in the order in which their places were reserved, whatever the order of completion. One thread
/// reserves places and dequeues results; any thread completes.
/// </summary>
/// <param name="window">How many places a run reserves at most.</param>
internal sealed class OrderedResults<T>(int window)
    where T : class
{
    private readonly object _gate = new();
    private readonly Queue<Place> _places = new();
    private TaskCompletionSource<object?> _nextDone = NewSource();
    private TaskCompletionSource<object?> _batchDone = NewSource();
    private TaskCompletionSource<object?> _allDone = NewSource();
    private int _open;

    /// <summary>How many places are reserved and not yet dequeued.</summary>
    internal int Count
    {
        get
        {
            lock (_gate)
            {
                return _places.Count;
            }
        }
    }

    // The other half keeps the workers busy until the places of this one are reserved again.
    private bool IsBatchDone => _open == 0 || _places.Count - _open >= window / 2;

    internal Place Enqueue()
    {
        var place = new Place();
        lock (_gate)
        {
            _places.Enqueue(place);
            _open++;
        }

        return place;
    }

    internal void Complete(Place place, T result)
    {
        lock (_gate)
        {
            place.Result = result;
            if (_places.Count > 0 && _places.Peek() == place)
            {
                _nextDone.TrySetResult(null);
            }

            _open--;
            if (IsBatchDone)
            {
                _batchDone.TrySetResult(null);
            }

            if (_open == 0)
            {
                _allDone.TrySetResult(null);
            }
        }
    }

    internal bool TryDequeue([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out T? result)
    {
        lock (_gate)
        {
            result = _places.Count > 0 ? _places.Peek().Result : null;
            if (result is null)
            {
                return false;
            }

            // A place that was queued for long is in an old generation of the garbage collector, and would promote its result with it.
            _places.Dequeue().Result = null;
            return true;
        }
    }

    /// <summary>Waits until <see cref="TryDequeue"/> has a result; not at all if no place is open.</summary>
    internal Task WaitForNextAsync()
    {
        lock (_gate)
        {
            if (_places.Count == 0 || _places.Peek().Result is not null)
            {
                return Task.CompletedTask;
            }

            _nextDone = _nextDone.Task.IsCompleted ? NewSource() : _nextDone;
            return _nextDone.Task;
        }
    }

    /// <summary>Waits until every place is complete, or half of the window.</summary>
    internal Task WaitForBatchAsync()
    {
        lock (_gate)
        {
            if (IsBatchDone)
            {
                return Task.CompletedTask;
            }

            _batchDone = _batchDone.Task.IsCompleted ? NewSource() : _batchDone;
            return _batchDone.Task;
        }
    }

    /// <summary>Waits until every place is complete.</summary>
    internal Task WaitForAllAsync()
    {
        lock (_gate)
        {
            if (_open == 0)
            {
                return Task.CompletedTask;
            }

            _allDone = _allDone.Task.IsCompleted ? NewSource() : _allDone;
            return _allDone.Task;
        }
    }

    private static TaskCompletionSource<object?> NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>A result's place in the order.</summary>
    internal sealed class Place
    {
        internal T? Result { get; set; }
    }
}
