using System.Security.Cryptography;
using System.Text;

namespace IotCard.Client.Signing;

/// <summary>The digests that the signature methods are made of.</summary>
internal static class Digest
{
    internal const int Sha256Length = 32;

    /// <summary>Hashes bytes into <paramref name="hash"/>, which has room for <see cref="Sha256Length"/>.</summary>
    internal static void Sha256(ReadOnlySpan<byte> bytes, Span<byte> hash)
    {
#if NET
        SHA256.HashData(bytes, hash);
#else
        using var sha256 = SHA256.Create();
        sha256.ComputeHash(bytes.ToArray()).CopyTo(hash);
#endif
    }

    /// <summary>Authenticates bytes with a key that is taken as UTF-8.</summary>
    /// <returns>The 20 bytes of the code, in Base64.</returns>
    [System.Diagnostics.CodeAnalysis.SuppressMessage(
        "Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "The service's own page prescribes it.")]
    internal static string HmacSha1Base64(string key, ReadOnlySpan<byte> bytes)
    {
        var secret = Encoding.UTF8.GetBytes(key);
#if NET
        return Convert.ToBase64String(HMACSHA1.HashData(secret, bytes));
#else
        using var hmac = new HMACSHA1(secret);
        return Convert.ToBase64String(hmac.ComputeHash(bytes.ToArray()));
#endif
    }
}
