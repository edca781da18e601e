using System.Security.Cryptography;
using System.Text;

namespace IotCard.Client.Signing;

/// <summary>
/// HMAC-SHA256 with one key, which is taken as UTF-8. What was made ready for the key once serves again, as making it
/// ready takes longer than signing. Safe for concurrent use.
/// </summary>
internal sealed class HmacSha256Key(string key)
{
    private HMACSHA256? _idle;

    /// <summary>Authenticates bytes into <paramref name="code"/>, which has room for <see cref="Digest.Sha256Length"/>.</summary>
    internal void Authenticate(ReadOnlySpan<byte> bytes, Span<byte> code)
    {
        // An instance serves one at a time; whoever finds none at hand makes another.
        var hmac = Interlocked.Exchange(ref _idle, null) ?? new HMACSHA256(Encoding.UTF8.GetBytes(key));
#if NET
        hmac.TryComputeHash(bytes, code, out _);
#else
        hmac.ComputeHash(bytes.ToArray()).CopyTo(code);
#endif
        Interlocked.Exchange(ref _idle, hmac)?.Dispose();
    }
}
