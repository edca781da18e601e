using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace IotCard.Client.Signing;

/// <summary>Random nonces: 32 lower-case hexadecimal digits. Safe for concurrent use.</summary>
internal sealed class RandomNonceSource : INonceSource
{
    private const int NonceLength = 16;
    private const int NoncesAtATime = 64;

    private readonly object _gate = new();
    private readonly byte[] _random = new byte[NonceLength * NoncesAtATime];
    private int _left;

    /// <inheritdoc/>
    public string Next()
    {
        Guid nonce;
        lock (_gate)
        {
            if (_left == 0)
            {
                Draw();
                _left = NoncesAtATime;
            }

            nonce = MemoryMarshal.Read<Guid>(_random.AsSpan(--_left * NonceLength));
        }

        return nonce.ToString("N");
    }

    /// <summary>Gets random numbers from the system, which costs about the same for many nonces as for one.</summary>
    private void Draw()
    {
#if NET
        RandomNumberGenerator.Fill(_random);
#else
        using var generator = RandomNumberGenerator.Create();
        generator.GetBytes(_random);
#endif
    }
}
