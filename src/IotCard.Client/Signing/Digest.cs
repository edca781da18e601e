using System.Security.Cryptography;

namespace IotCard.Client.Signing;

/// <summary>The digests used by the signature methods.</summary>
internal static class Digest
{
    internal const int Sha1Length = 20;

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
}
