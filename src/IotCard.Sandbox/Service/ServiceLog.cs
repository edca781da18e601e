using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace IotCard.Sandbox;

/// <summary>What arrived at a sandbox, and what it carried out, how often and in what order. Safe for concurrent use.</summary>
public sealed class ServiceLog
{
    // Chunks, so that a long run never copies its whole record to make it longer.
    private const int ChunkLength = 4096;

    private readonly bool _countsOnly;
    private readonly Lock _gate = new();
    private readonly List<Execution[]> _chunks = [];
    private readonly Dictionary<string, int> _succeeded = new(StringComparer.Ordinal);
    private readonly Dictionary<FaultKind, FaultCount> _faults = [];
    private readonly List<FaultInjection> _injections = [];
    private readonly ConcurrentDictionary<string, StrongBox<long>> _responses = new(StringComparer.Ordinal);
    private long _sequence;
    private long _carriedOut;
    private long _requests;
    private int _inFlight;
    private int _peakInFlight;

    internal ServiceLog(bool countsOnly) => _countsOnly = countsOnly;

    /// <summary>Requests that arrived, refused ones included.</summary>
    public long Requests => Volatile.Read(ref _requests);

    /// <summary>Requests that arrived and are not answered yet.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>The most requests that were in flight at once.</summary>
    public int PeakInFlight => Volatile.Read(ref _peakInFlight);

    /// <summary>Operations that the service decided: the number of <see cref="Executions"/>, also where only counts are kept.</summary>
    public long Decided => Volatile.Read(ref _sequence);

    /// <summary>Operations carried out, that is, answered <c>OK</c>.</summary>
    public long CarriedOut => Volatile.Read(ref _carriedOut);

    /// <summary>
    /// Every operation that the service decided, in order: for one card the true order, for several one that fits it.
    /// A copy as of now; empty where only counts are kept.
    /// </summary>
    public IReadOnlyList<Execution> Executions
    {
        get
        {
            lock (_gate)
            {
                if (_countsOnly)
                    return [];
                var copy = new Execution[_sequence];
                for (var i = 0; i < _chunks.Count; i++)
                {
                    var from = i * ChunkLength;
                    Array.Copy(_chunks[i], 0, copy, from, Math.Min(ChunkLength, copy.Length - from));
                }

                return copy;
            }
        }
    }

    /// <summary>How often each kind of fault was injected. A copy as of now.</summary>
    public IReadOnlyDictionary<FaultKind, FaultCount> Faults
    {
        get
        {
            lock (_gate)
                return new Dictionary<FaultKind, FaultCount>(_faults);
        }
    }

    /// <summary>How many faults of all kinds were injected.</summary>
    public long FaultsTotal => Faults.Values.Sum(count => count.Injected);

    /// <summary>Every fault that was injected, in order. A copy as of now; empty where only counts are kept.</summary>
    public IReadOnlyList<FaultInjection> Injections
    {
        get
        {
            lock (_gate)
                return [.. _injections];
        }
    }

    /// <summary>
    /// How often each code was answered, the gateway's and the service's; <c>OK</c> among them. An answer that a fault
    /// lost or broke is not counted. A copy as of now.
    /// </summary>
    public IReadOnlyDictionary<string, long> Answers =>
        _responses.ToDictionary(answer => answer.Key, answer => Volatile.Read(ref answer.Value.Value), StringComparer.Ordinal);

    /// <summary>How often an operation on this card was carried out.</summary>
    /// <param name="iccid">The card's ICCID.</param>
    /// <returns>0 or more.</returns>
    public int CarriedOutFor(string iccid)
    {
        lock (_gate)
            return _succeeded.GetValueOrDefault(iccid);
    }

    /// <summary>How often exactly this operation was carried out. Takes time in proportion to <see cref="Decided"/>.</summary>
    /// <param name="iccid">The card's ICCID.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="imei">The IMEI that the request gave as the bound one.</param>
    /// <param name="newImei">The new IMEI; null for an unbind.</param>
    /// <returns>0 or more; 0 also where only counts are kept.</returns>
    public int CarriedOutFor(string iccid, CardOperation operation, string imei, string? newImei) => Executions.Count(execution =>
        execution.Succeeded
        && execution.Operation == operation
        && string.Equals(execution.Iccid, iccid, StringComparison.Ordinal)
        && string.Equals(execution.Imei, imei, StringComparison.Ordinal)
        && string.Equals(execution.NewImei, newImei, StringComparison.Ordinal));

    /// <summary>How often an operation on each card was carried out; cards of which none was are left out. A copy as of now.</summary>
    /// <returns>Counts by ICCID.</returns>
    public IReadOnlyDictionary<string, int> CarriedOutByCard()
    {
        lock (_gate)
            return new Dictionary<string, int>(_succeeded, StringComparer.Ordinal);
    }

    /// <summary>How often each operation was carried out. A copy as of now; empty where only counts are kept.</summary>
    /// <returns>Counts by card, operation, IMEI and new IMEI, the last being null for an unbind.</returns>
    public IReadOnlyDictionary<(string Iccid, CardOperation Operation, string Imei, string? NewImei), int> CarriedOutByOperation() => Executions
        .Where(execution => execution.Succeeded)
        .GroupBy(execution => (execution.Iccid, execution.Operation, execution.Imei, execution.NewImei))
        .ToDictionary(same => same.Key, same => same.Count());

    /// <summary>Forgets everything so far. Requests in flight go on being counted as such; the fleet is not touched.</summary>
    public void Reset()
    {
        lock (_gate)
        {
            _chunks.Clear();
            _succeeded.Clear();
            _faults.Clear();
            _injections.Clear();
            _sequence = 0;
            _carriedOut = 0;
        }

        _responses.Clear();
        Volatile.Write(ref _requests, 0);
        Volatile.Write(ref _peakInFlight, InFlight);
    }

    internal void Arrive()
    {
        Interlocked.Increment(ref _requests);
        var now = Interlocked.Increment(ref _inFlight);
        var peak = PeakInFlight;
        while (now > peak)
        {
            var seen = Interlocked.CompareExchange(ref _peakInFlight, now, peak);
            if (seen == peak)
                break;
            peak = seen;
        }
    }

    internal void Leave() => Interlocked.Decrement(ref _inFlight);

    internal void CountResponse(string code) => Interlocked.Increment(ref _responses.GetOrAdd(code, static _ => new StrongBox<long>()).Value);

    internal void Record(in FaultInjection injection)
    {
        lock (_gate)
        {
            ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(_faults, injection.Kind, out _);
            count = new FaultCount(count.Injected + 1, count.CarriedOut + (injection.CarriedOut ? 1 : 0));
            if (!_countsOnly)
                _injections.Add(injection);
        }
    }

    /// <summary>Called under the card's lock, so that the record has the order in which things happened to the card.</summary>
    internal void Record(in Execution execution)
    {
        lock (_gate)
        {
            if (!_countsOnly)
            {
                var place = (int)(_sequence % ChunkLength);
                if (place == 0)
                    _chunks.Add(new Execution[ChunkLength]);
                _chunks[^1][place] = execution with { Sequence = _sequence + 1 };
            }

            _sequence++;
            if (!execution.Succeeded)
                return;

            _carriedOut++;
            CollectionsMarshal.GetValueRefOrAddDefault(_succeeded, execution.Iccid, out _)++;
        }
    }
}
