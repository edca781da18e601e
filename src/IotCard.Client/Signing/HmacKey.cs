using System.Security.Cryptography;
using System.Text;

namespace IotCard.Client.Signing;

/// <summary>
/// A signing key, as UTF-8. It is prepared once for all requests, because preparing takes longer than signing and a
/// copy per request would leave hundreds in memory. Disposing clears it. Safe for concurrent use.
/// </summary>
internal sealed class HmacKey : IDisposable
{
    private readonly Func<byte[], HMAC> _prepare;
    private readonly byte[] _key;
    private HMAC? _idle;
    private volatile bool _isDisposed;

    private HmacKey(Func<byte[], HMAC> prepare, string key)
    {
        _prepare = prepare;
        _key = Encoding.UTF8.GetBytes(key);
    }

    internal static HmacKey ForSha256(string key) => new(static bytes => new HMACSHA256(bytes), key);

    [System.Diagnostics.CodeAnalysis.SuppressMessage(
        "Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "The service's own page prescribes it.")]
    internal static HmacKey ForSha1(string key) => new(static bytes => new HMACSHA1(bytes), key);

    /// <summary>Authenticates bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="code">Receives the code; as long as the hash.</param>
    /// <exception cref="ObjectDisposedException">The key's session has ended.</exception>
    internal void Authenticate(ReadOnlySpan<byte> bytes, Span<byte> code)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);

        // An instance serves one caller at a time; a caller that finds it in use creates another.
        var hmac = Interlocked.Exchange(ref _idle, null) ?? _prepare(_key);
#if NET
        hmac.TryComputeHash(bytes, code, out _);
#else
        hmac.ComputeHash(bytes.ToArray()).CopyTo(code);
#endif
        Interlocked.Exchange(ref _idle, hmac)?.Dispose();
        if (_isDisposed)
        {
            Interlocked.Exchange(ref _idle, null)?.Dispose();
        }
    }

    /// <summary>Overwrites the key, and what was prepared from it.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        Interlocked.Exchange(ref _idle, null)?.Dispose();
        Array.Clear(_key, 0, _key.Length);
    }

    /// <summary>The type's name; never the key.</summary>
    /// <returns>The type's name.</returns>
    public override string ToString() => nameof(HmacKey);
}
