using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using IotCard.Sandbox.Cards;
using IotCard.Sandbox.Faults;

namespace IotCard.Sandbox.Logging;

/// <summary>What has arrived at a sandbox and what was executed, how often and in what order. Safe for concurrent use.</summary>
public sealed class ServiceLog
{
    // Chunks, so that a long run never copies its whole log to extend it.
    private const int ChunkLength = 4096;

    private readonly bool _countsOnly;
    private readonly Lock _gate = new();
    private readonly List<ProcessedOperation[]> _chunks = [];
    private readonly Dictionary<string, int> _succeeded = new(StringComparer.Ordinal);
    private readonly Dictionary<FaultKind, FaultCount> _faults = [];
    private readonly List<FaultInjection> _injections = [];
    private readonly ConcurrentDictionary<string, StrongBox<long>> _responses = new(StringComparer.Ordinal);
    private long _sequence;
    private long _executed;
    private long _executedEver;
    private long _requests;
    private long _outageRequests;
    private int _inFlight;
    private int _peakInFlight;
    private int _heldBack;

    internal ServiceLog(bool countsOnly) => _countsOnly = countsOnly;

    /// <summary>Whether only counts are kept, for runs of any length.</summary>
    internal bool CountsOnly => _countsOnly;

    /// <summary>Requests that arrived, including refused ones.</summary>
    public long Requests => Volatile.Read(ref _requests);

    /// <summary>Requests that an outage blocked, not including refused connections.</summary>
    public long OutageRequests => Volatile.Read(ref _outageRequests);

    /// <summary>Requests that have arrived and are not yet answered.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>The maximum number of requests in flight at once.</summary>
    public int PeakInFlight => Volatile.Read(ref _peakInFlight);

    /// <summary>Requests that a delay or a swallowed response keeps waiting, for as long as their client waits.</summary>
    public int HeldBack => Volatile.Read(ref _heldBack);

    /// <summary>Operations that the service processed: the number of <see cref="Operations"/>, even if only counts are kept.</summary>
    public long Processed => Volatile.Read(ref _sequence);

    /// <summary>Operations that were executed.</summary>
    public long Executed => Volatile.Read(ref _executed);

    /// <summary>
    /// Every operation that the service processed, in order: the true order for one card, a consistent one across
    /// cards. A snapshot; empty if only counts are kept.
    /// </summary>
    public IReadOnlyList<ProcessedOperation> Operations
    {
        get
        {
            lock (_gate)
            {
                if (_countsOnly)
                {
                    return [];
                }

                var copy = new ProcessedOperation[_sequence];
                for (var i = 0; i < _chunks.Count; i++)
                {
                    var from = i * ChunkLength;
                    Array.Copy(_chunks[i], 0, copy, from, Math.Min(ChunkLength, copy.Length - from));
                }

                return copy;
            }
        }
    }

    /// <summary>How often each kind of fault was injected. A snapshot.</summary>
    public IReadOnlyDictionary<FaultKind, FaultCount> Faults
    {
        get
        {
            lock (_gate)
            {
                return new Dictionary<FaultKind, FaultCount>(_faults);
            }
        }
    }

    /// <summary>How many faults of all kinds were injected.</summary>
    public long FaultsTotal => Faults.Values.Sum(count => count.Injected);

    /// <summary>Every injected fault, in order. A snapshot; empty if only counts are kept.</summary>
    public IReadOnlyList<FaultInjection> Injections
    {
        get
        {
            lock (_gate)
            {
                return [.. _injections];
            }
        }
    }

    /// <summary>
    /// How often each code was sent, by the gateway and the service, including <c>OK</c>. A response that a fault lost
    /// or broke is not counted. A snapshot.
    /// </summary>
    public IReadOnlyDictionary<string, long> Responses =>
        _responses.ToDictionary(response => response.Key, response => Volatile.Read(ref response.Value.Value), StringComparer.Ordinal);

    /// <summary>How often an operation on this card was executed.</summary>
    /// <param name="iccid">The card's ICCID.</param>
    /// <returns>0 or more.</returns>
    public int ExecutedFor(string iccid)
    {
        lock (_gate)
        {
            return _succeeded.GetValueOrDefault(iccid);
        }
    }

    /// <summary>How often exactly this operation was executed. Takes time proportional to <see cref="Processed"/>.</summary>
    /// <param name="iccid">The card's ICCID.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="imei">The currently bound IMEI according to the request.</param>
    /// <param name="newImei">The new IMEI; null for an unbind.</param>
    /// <returns>0 or more; 0 if only counts are kept.</returns>
    public int ExecutedFor(string iccid, CardOperation operation, string imei, string? newImei) => Operations.Count(execution =>
        execution.Succeeded
        && execution.Operation == operation
        && string.Equals(execution.Iccid, iccid, StringComparison.Ordinal)
        && string.Equals(execution.Imei, imei, StringComparison.Ordinal)
        && string.Equals(execution.NewImei, newImei, StringComparison.Ordinal));

    /// <summary>How often an operation on each card was executed, without cards that had none. A snapshot.</summary>
    /// <returns>Counts by ICCID.</returns>
    public IReadOnlyDictionary<string, int> ExecutedByCard()
    {
        lock (_gate)
        {
            return new Dictionary<string, int>(_succeeded, StringComparer.Ordinal);
        }
    }

    /// <summary>How often each operation was executed. A snapshot; empty if only counts are kept.</summary>
    /// <returns>Counts by card, operation, IMEI and new IMEI, which is null for an unbind.</returns>
    public IReadOnlyDictionary<(string Iccid, CardOperation Operation, string Imei, string? NewImei), int> ExecutedByOperation() => Operations
        .Where(execution => execution.Succeeded)
        .GroupBy(execution => (execution.Iccid, execution.Operation, execution.Imei, execution.NewImei))
        .ToDictionary(same => same.Key, same => same.Count());

    /// <summary>Clears the log. Requests in flight are still counted as such; the fleet does not change.</summary>
    public void Reset()
    {
        lock (_gate)
        {
            _chunks.Clear();
            _succeeded.Clear();
            _faults.Clear();
            _injections.Clear();
            _sequence = 0;
            _executed = 0;
        }

        _responses.Clear();
        Volatile.Write(ref _requests, 0);
        Volatile.Write(ref _outageRequests, 0);
        Volatile.Write(ref _peakInFlight, InFlight);
    }

    /// <summary>The operations executed since the start, including those before a <see cref="Reset"/>.</summary>
    internal long ExecutedEver => Volatile.Read(ref _executedEver);

    internal void CountOutageRequest() => Interlocked.Increment(ref _outageRequests);

    internal void BeginRequest()
    {
        Interlocked.Increment(ref _requests);
        var now = Interlocked.Increment(ref _inFlight);
        var peak = PeakInFlight;
        while (now > peak)
        {
            var seen = Interlocked.CompareExchange(ref _peakInFlight, now, peak);
            if (seen == peak)
            {
                break;
            }

            peak = seen;
        }
    }

    /// <summary>Counts a request as held back until the result is disposed or its client disconnects, whichever comes first.</summary>
    internal IDisposable HoldBack(CancellationToken aborted)
    {
        Interlocked.Increment(ref _heldBack);
        return new Hold(this, aborted);
    }

    internal void EndRequest() => Interlocked.Decrement(ref _inFlight);

    internal void CountResponse(string code) => Interlocked.Increment(ref _responses.GetOrAdd(code, static _ => new StrongBox<long>()).Value);

    internal void Record(in FaultInjection injection)
    {
        lock (_gate)
        {
            ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(_faults, injection.Kind, out _);
            count = new FaultCount(count.Injected + 1, count.Executed + (injection.Executed ? 1 : 0));
            if (!_countsOnly)
            {
                _injections.Add(injection);
            }
        }
    }

    /// <summary>Called under the card's lock, so that the log keeps the true order for each card.</summary>
    internal void Record(in ProcessedOperation execution)
    {
        lock (_gate)
        {
            if (!_countsOnly)
            {
                var place = (int)(_sequence % ChunkLength);
                if (place == 0)
                {
                    _chunks.Add(new ProcessedOperation[ChunkLength]);
                }

                _chunks[^1][place] = execution with { Sequence = _sequence + 1 };
            }

            _sequence++;
            if (!execution.Succeeded)
            {
                return;
            }

            _executed++;
            Interlocked.Increment(ref _executedEver);
            CollectionsMarshal.GetValueRefOrAddDefault(_succeeded, execution.Iccid, out _)++;
        }
    }

    private sealed class Hold : IDisposable
    {
        private readonly ServiceLog _log;
        private readonly CancellationTokenRegistration _gone;
        private int _isOver;

        internal Hold(ServiceLog log, CancellationToken aborted)
        {
            _log = log;
            _gone = aborted.UnsafeRegister(static hold => ((Hold)hold!).End(), this);
        }

        public void Dispose()
        {
            _gone.Dispose();
            End();
        }

        private void End()
        {
            if (Interlocked.Exchange(ref _isOver, 1) == 0)
            {
                Interlocked.Decrement(ref _log._heldBack);
            }
        }
    }
}
