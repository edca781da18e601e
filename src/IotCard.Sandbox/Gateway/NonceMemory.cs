using System.Security.Cryptography;
using System.Text;

namespace IotCard.Sandbox.Gateway;

/// <summary>
/// The nonces of each AccessKey, remembered for as long as a request with one could still be accepted. Only a 128-bit
/// hash of a nonce is stored, so that memory depends only on the rate of requests.
/// </summary>
internal sealed class NonceMemory
{
    private readonly Lock _gate = new();
    private readonly Dictionary<UInt128, DateTimeOffset> _forgetAt = [];
    private readonly Queue<UInt128> _arrivals = [];

    /// <summary>Remembers a nonce.</summary>
    /// <returns>False if it was remembered already.</returns>
    public bool Remember(string accessKeyId, string nonce, DateTimeOffset now, DateTimeOffset until)
    {
        var key = Key(accessKeyId, nonce);
        lock (_gate)
        {
            while (_arrivals.TryPeek(out var oldest) && _forgetAt[oldest] < now)
            {
                _forgetAt.Remove(_arrivals.Dequeue());
            }

            if (_forgetAt.TryGetValue(key, out var forgetAt))
            {
                if (forgetAt >= now)
                {
                    return false;
                }

                _forgetAt[key] = until;
                return true;
            }

            _forgetAt.Add(key, until);
            _arrivals.Enqueue(key);
            return true;
        }
    }

    private static UInt128 Key(string accessKeyId, string nonce)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(accessKeyId + "\n" + nonce), hash);
        return BitConverter.ToUInt128(hash);
    }
}
