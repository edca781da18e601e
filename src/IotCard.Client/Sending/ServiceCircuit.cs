using IotCard.Client.Service;

namespace IotCard.Client.Sending;

/// <summary>
/// The circuit breaker over all requests of a run. Closed, it lets as many requests be in flight as the run may have.
/// A run begins half-open: one request at a time, until the service answers one. Attempts that end without any answer,
/// one after the other across rows, make it half-open again: the service is out of reach, and whoever wants to send
/// waits, rows in doubt first, while single requests try with growing pauses. Safe for concurrent use.
/// </summary>
/// <remarks>Unlike a library's circuit breaker it rejects nobody: a row waits its turn, and is told when waiting is over.</remarks>
public sealed class ServiceCircuit : IDisposable
{
    /// <summary>How many attempts in a row without an answer mean that the service is out of reach.</summary>
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

    /// <summary>Makes a circuit, half-open.</summary>
    /// <param name="clock">Measures pauses and outages.</param>
    /// <param name="width">How many requests may be in flight once the service has answered, 1 or more.</param>
    /// <param name="outageTimeout">How long an outage is waited for; zero to wait for none.</param>
    public ServiceCircuit(TimeProvider clock, int width, TimeSpan outageTimeout)
    {
        ArgumentNullException.ThrowIfNull(clock);

        _clock = clock;
        _width = width;
        _outageTimeout = outageTimeout;
        _start = clock.GetTimestamp();
    }

    /// <summary>Why nothing more is sent: the code of what aborted the run; null while it goes on.</summary>
    public string? AbortReason => Volatile.Read(ref _abortReason);

    /// <summary>The outage that is being waited for; null where there is none.</summary>
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

    /// <summary>Whether the service answers, so that a row that gets no connection has only itself to blame.</summary>
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

    /// <summary>Sends nothing more. The first reason stands.</summary>
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

    /// <summary>Waits until a request may leave. Whoever was let in calls <see cref="Exit"/> when it is done.</summary>
    /// <param name="isInDoubt">Whether the request settles a row in doubt; those go first.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False where nothing more is to be sent; <see cref="AbortReason"/> says why.</returns>
    /// <exception cref="OperationCanceledException">The wait was ended.</exception>
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

    /// <summary>Says how the attempt ended that was let in.</summary>
    /// <param name="result">Its result; null where nothing was sent.</param>
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

    /// <summary>Counts an operation that is in doubt from now on: while the service is out of reach, nothing new is sent before it is resolved.</summary>
    internal void BeginInDoubt()
    {
        lock (_gate)
        {
            _operationsInDoubt++;
        }
    }

    /// <summary>The operation is in doubt no longer, or is not sent again.</summary>
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

    /// <summary>Takes the service for reachable, as after an answer.</summary>
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
        // Outside of the lock: what waits goes on at once.
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
            // Nobody is to wait for the service, so each row finds out for itself.
            _isClosed = true;
            return;
        }

        if (_unanswered >= Threshold)
        {
            _isClosed = false;
        }

        if (!_isClosed)
        {
            _nextProbe = Now + _pause;
            _pause = _pause + _pause < MaximumPause ? _pause + _pause : MaximumPause;
            EndLongOutage();
        }
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

    /// <summary>While nobody knows whether the service is within reach, rows that are in doubt already find out.</summary>
    private bool MayOthersSend() => _isClosed || _operationsInDoubt == 0;

    /// <summary>Sees to it that somebody is let in when a pause is over, or sent away when the outage has lasted too long.</summary>
    private void SetTimer()
    {
        if (_isClosed || _isDisposed || _inDoubt.Count + _others.Count == 0)
        {
            return;
        }

        // While a request is in flight, or rows in doubt have the turn, it is their end that lets the next one in.
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

    /// <summary>A request that waits to be let in.</summary>
    private sealed class Waiter
    {
        // Whoever lets it in lets it go on at once: that is always outside of the circuit's lock.
        private readonly TaskCompletionSource<bool> _admission = new();
        private int _isDecided;
        private bool _isAdmitted;

        internal async Task<bool> WaitAsync(CancellationToken cancellationToken)
        {
            using var registration = cancellationToken.Register(static waiter => ((Waiter)waiter!).GiveUp(), this);
            return await _admission.Task.ConfigureAwait(false);
        }

        /// <summary>Decides, under the circuit's lock, that the wait is over.</summary>
        /// <returns>False where whoever waited has given up.</returns>
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
