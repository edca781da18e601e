using System.Security.Cryptography;
using System.Text;

namespace IotCard.Client.Signing;

/// <summary>The digests that the signature methods are made of, over UTF-8.</summary>
internal static class Digest
{
    private const string HexDigits = "0123456789abcdef";

    internal static string Sha256Hex(string text)
    {
        var octets = Encoding.UTF8.GetBytes(text);
#if NET
        return Hex(SHA256.HashData(octets));
#else
        using var sha256 = SHA256.Create();
        return Hex(sha256.ComputeHash(octets));
#endif
    }

    internal static string HmacSha256Hex(string key, string text)
    {
        var octets = Encoding.UTF8.GetBytes(text);
        var secret = Encoding.UTF8.GetBytes(key);
#if NET
        return Hex(HMACSHA256.HashData(secret, octets));
#else
        using var hmac = new HMACSHA256(secret);
        return Hex(hmac.ComputeHash(octets));
#endif
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage(
        "Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "The service's own page prescribes it.")]
    internal static string HmacSha1Base64(string key, string text)
    {
        var octets = Encoding.UTF8.GetBytes(text);
        var secret = Encoding.UTF8.GetBytes(key);
#if NET
        return Convert.ToBase64String(HMACSHA1.HashData(secret, octets));
#else
        using var hmac = new HMACSHA1(secret);
        return Convert.ToBase64String(hmac.ComputeHash(octets));
#endif
    }

    private static string Hex(byte[] octets)
    {
        var hex = new char[octets.Length * 2];
        for (var i = 0; i < octets.Length; i++)
        {
            hex[2 * i] = HexDigits[octets[i] >> 4];
            hex[(2 * i) + 1] = HexDigits[octets[i] & 0xF];
        }

        return new string(hex);
    }
}
