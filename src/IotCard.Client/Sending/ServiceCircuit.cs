using IotCard.Client.Rules;

namespace IotCard.Client.Sending;

/// <summary>
/// The circuit breaker for all requests of a run. Closed, it admits as many requests as the run may have in flight. A
/// run begins half-open, with one request at a time until the service answers. Consecutive attempts without any
/// response, across rows, make it half-open again: the service is unreachable, and all rows wait, in-doubt ones first,
/// while single requests probe it with growing pauses. Safe for concurrent use.
/// </summary>
/// <remarks>Unlike an ordinary circuit breaker it rejects no request: a row waits for its turn, and learns when waiting is over.</remarks>
internal sealed class ServiceCircuit : IDisposable
{
    /// <summary>How many consecutive attempts without a response mean that the service is unreachable.</summary>
    internal const int Threshold = 3;

    internal static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    internal static readonly TimeSpan MaximumPause = TimeSpan.FromSeconds(5);

    private readonly object _gate = new();
    private readonly Queue<Waiter> _inDoubt = new();
    private readonly Queue<Waiter> _others = new();
    private readonly TimeProvider _clock;
    private readonly TimeSpan _outageTimeout;
    private readonly int _width;
    private readonly long _start;
    private ITimer? _timer;
    private bool _isClosed;
    private bool _isDisposed;
    private int _inFlight;
    private int _operationsInDoubt;
    private int _unanswered;
    private TimeSpan _since;
    private TimeSpan _pause = FirstPause;
    private TimeSpan _nextProbe;
    private string? _lastCode;
    private string? _abortReason;

    /// <summary>Creates a half-open circuit.</summary>
    /// <param name="clock">Measures pauses and outages.</param>
    /// <param name="width">The maximum number of requests in flight once the service has answered, 1 or more.</param>
    /// <param name="outageTimeout">How long to wait for the end of an outage; zero not to wait.</param>
    public ServiceCircuit(TimeProvider clock, int width, TimeSpan outageTimeout)
    {
        ArgumentNullException.ThrowIfNull(clock);

        _clock = clock;
        _width = width;
        _outageTimeout = outageTimeout;
        _start = clock.GetTimestamp();
    }

    /// <summary>Why nothing more is sent: the code of what aborted the run; null while it continues.</summary>
    public string? AbortReason => Volatile.Read(ref _abortReason);

    /// <summary>The outage that the run is waiting for; null if there is none.</summary>
    public Outage? Outage
    {
        get
        {
            lock (_gate)
            {
                return IsOutage && _abortReason is null ? new Outage(_lastCode!, Now - _since, _outageTimeout) : null;
            }
        }
    }

    /// <summary>Whether the service answers, so that a failed connection concerns one row only.</summary>
    internal bool IsClosed
    {
        get
        {
            lock (_gate)
            {
                return _isClosed;
            }
        }
    }

    private TimeSpan Now => _clock.GetElapsedTime(_start);

    private bool IsOutage => !_isClosed && _unanswered >= Threshold;

    /// <summary>Sends nothing more. The first reason wins.</summary>
    /// <param name="reason">The code of what ended the run.</param>
    public void Abort(string reason)
    {
        List<Waiter> released = [];
        lock (_gate)
        {
            _abortReason ??= reason;
            Admit(released);
        }

        Release(released);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _timer?.Dispose();
            _timer = null;
        }
    }

    /// <summary>Waits until a request may be sent. An admitted caller must call <see cref="Exit"/> when it is done.</summary>
    /// <param name="isInDoubt">Whether the request resolves an in-doubt operation; those go first.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>False if nothing more is to be sent; <see cref="AbortReason"/> says why.</returns>
    /// <exception cref="OperationCanceledException">The wait was canceled.</exception>
    internal ValueTask<bool> EnterAsync(bool isInDoubt, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Waiter waiter;
        lock (_gate)
        {
            if (_abortReason is not null)
            {
                return new ValueTask<bool>(false);
            }

            if (_inDoubt.Count == 0 && (isInDoubt || (_others.Count == 0 && MayOthersSend())) && IsRoom())
            {
                _inFlight++;
                return new ValueTask<bool>(true);
            }

            waiter = new Waiter();
            (isInDoubt ? _inDoubt : _others).Enqueue(waiter);
            SetTimer();
        }

        return new ValueTask<bool>(waiter.WaitAsync(cancellationToken));
    }

    /// <summary>Reports the result of an admitted attempt.</summary>
    /// <param name="result">The result; null if nothing was sent.</param>
    internal void Exit(AttemptResult? result)
    {
        List<Waiter>? released = null;
        lock (_gate)
        {
            _inFlight--;
            if (result is { Status: AttemptStatus.Fatal })
            {
                _abortReason ??= result.Code;
            }

            if (result is { IsAnswered: true })
            {
                Close();
            }
            else if (result is not null)
            {
                NoteFailure(result);
            }

            if (_inDoubt.Count + _others.Count > 0)
            {
                Admit(released = []);
            }
        }

        Release(released);
    }

    /// <summary>Counts a new in-doubt operation: during an outage, nothing new is sent until it is resolved.</summary>
    internal void BeginInDoubt()
    {
        lock (_gate)
        {
            _operationsInDoubt++;
        }
    }

    /// <summary>Counts an operation that is no longer in doubt, or no longer resent.</summary>
    internal void EndInDoubt()
    {
        List<Waiter> released = [];
        lock (_gate)
        {
            _operationsInDoubt--;
            Admit(released);
        }

        Release(released);
    }

    /// <summary>Considers the service reachable, as after a response.</summary>
    internal void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            _unanswered = 0;
            _pause = FirstPause;
        }
    }

    private static void Release(List<Waiter>? released)
    {
        // Outside the lock, because waiters continue synchronously.
        foreach (var waiter in released ?? [])
        {
            waiter.Release();
        }
    }

    private bool IsRoom() => _isClosed ? _inFlight < _width : _inFlight == 0 && Now >= _nextProbe;

    private void NoteFailure(AttemptResult result)
    {
        _lastCode = result.Code;
        if (result.IsUnanswered && _unanswered++ == 0)
        {
            _since = Now;
        }

        if (_outageTimeout == TimeSpan.Zero)
        {
            // No row is to wait for the service, so each finds out for itself.
            _isClosed = true;
            return;
        }

        if (_unanswered >= Threshold)
        {
            _isClosed = false;
        }

        if (_isClosed)
        {
            return;
        }

        if (_inFlight == 0)
        {
            // Requests that were in flight together count as one failure.
            _nextProbe = Now + _pause;
            _pause = _pause + _pause < MaximumPause ? _pause + _pause : MaximumPause;
        }

        EndLongOutage();
    }

    private void EndLongOutage()
    {
        if (IsOutage && Now - _since >= _outageTimeout)
        {
            _abortReason ??= _lastCode;
        }
    }

    private void Admit(List<Waiter> released)
    {
        while ((_abortReason is not null || IsRoom()) && TryDequeue(out var waiter))
        {
            if (waiter.TryAdmit(isAdmitted: _abortReason is null))
            {
                _inFlight += _abortReason is null ? 1 : 0;
                released.Add(waiter);
            }
        }

        SetTimer();
    }

    private bool TryDequeue([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Waiter? waiter)
    {
        var isOthersTurn = _inDoubt.Count == 0 && (_abortReason is not null || MayOthersSend());
        waiter = _inDoubt.Count > 0 ? _inDoubt.Dequeue() : isOthersTurn && _others.Count > 0 ? _others.Dequeue() : null;
        return waiter is not null;
    }

    /// <summary>While it is unknown whether the service is reachable, in-doubt rows find out first.</summary>
    private bool MayOthersSend() => _isClosed || _operationsInDoubt == 0;

    /// <summary>Sets the timer that admits the next request after a pause, or rejects all when the outage has lasted too long.</summary>
    private void SetTimer()
    {
        if (_isClosed || _isDisposed || _inDoubt.Count + _others.Count == 0)
        {
            return;
        }

        // While a request is in flight, or it is the turn of in-doubt rows, their end admits the next one.
        var isSomebodyNext = _inFlight == 0 && (_inDoubt.Count > 0 || (_others.Count > 0 && MayOthersSend()));
        var untilProbe = isSomebodyNext ? _nextProbe - Now : TimeSpan.MaxValue;
        var untilEnd = IsOutage ? _since + _outageTimeout - Now : TimeSpan.MaxValue;
        var next = untilProbe < untilEnd ? untilProbe : untilEnd;
        var wait = next == TimeSpan.MaxValue ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(next.TotalMilliseconds)));
        _timer ??= _clock.CreateTimer(static circuit => ((ServiceCircuit)circuit!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(wait, Timeout.InfiniteTimeSpan);
    }

    private void OnTimer()
    {
        List<Waiter> released = [];
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            EndLongOutage();
            Admit(released);
        }

        Release(released);
    }

    /// <summary>A request that waits for admission.</summary>
    private sealed class Waiter
    {
        // The waiter continues synchronously on admission, which always happens outside the circuit's lock.
        private readonly TaskCompletionSource<bool> _admission = new();
        private int _isDecided;
        private bool _isAdmitted;

        internal async Task<bool> WaitAsync(CancellationToken cancellationToken)
        {
            using var registration = cancellationToken.Register(static waiter => ((Waiter)waiter!).GiveUp(), this);
            return await _admission.Task.ConfigureAwait(false);
        }

        /// <summary>Ends the wait, under the circuit's lock.</summary>
        /// <returns>False if the waiter has given up.</returns>
        internal bool TryAdmit(bool isAdmitted)
        {
            _isAdmitted = isAdmitted;
            return Interlocked.Exchange(ref _isDecided, 1) == 0;
        }

        internal void Release() => _admission.TrySetResult(_isAdmitted);

        private void GiveUp()
        {
            if (Interlocked.Exchange(ref _isDecided, 1) == 0)
            {
                _admission.TrySetCanceled();
            }
        }
    }
}
