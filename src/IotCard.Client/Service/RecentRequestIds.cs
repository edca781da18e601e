using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace IotCard.Client.Service;

/// <summary>
/// Remembers the request ids of recent responses. The gateway gives every request an id of its own, so a repeated one
/// reveals a response that was delivered for another request. Safe for concurrent use.
/// </summary>
internal sealed class RecentRequestIds
{
    internal const int Capacity = 4096;

    private readonly object _gate = new();
    private readonly HashSet<ulong> _known = [];
    private readonly ulong[] _ring = new ulong[Capacity];
    private int _next;

    /// <summary>Remembers an id.</summary>
    /// <returns>False if it was already known.</returns>
    internal bool TryAdd(string requestId)
    {
        var hash = Hash(requestId);
        lock (_gate)
        {
            if (!_known.Add(hash))
            {
                return false;
            }

            if (_known.Count > Capacity)
            {
                _known.Remove(_ring[_next]);
            }

            _ring[_next] = hash;
            _next = (_next + 1) % Capacity;
            return true;
        }
    }

    // 64 bits: unlike texts, numbers keep no objects alive for the garbage collector to move.
    private static ulong Hash(string text) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(text.AsSpan()));
}
