using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace IotCard.Sandbox.Injection;

/// <summary>
/// The random numbers for one arrival of a nonce: always the same for the same seed, nonce and arrival.
/// <see cref="Fixed"/>, for scripts, always makes the first choice.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct FaultRandom(ulong? state)
{
    public static readonly FaultRandom Fixed = new(null);

    public static FaultRandom For(int seed, string nonce, int arrival)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seed}\n{arrival}\n{nonce}")), hash);
        return new FaultRandom(BinaryPrimitives.ReadUInt64LittleEndian(hash));
    }

    /// <summary>From 0 up to, but not including, 1.</summary>
    public double Share() => (Draw(0) >> 11) * (1.0 / (1UL << 53));

    public T Choose<T>(int which, params ReadOnlySpan<T> choices) => state is null ? choices[0] : choices[(int)(Draw(which) % (ulong)choices.Length)];

    /// <summary>Where to cut something of this length: from 0 up to, but not including, the length.</summary>
    public int CutOffset(int length) => state is null ? length / 2 : (int)(Draw(3) % (ulong)length);

    public byte[] Bytes()
    {
        var bytes = new byte[16 + (state is null ? 0 : (int)(Draw(4) % 240))];
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)Draw(5 + i);
        }

        return bytes;
    }

    // SplitMix64, at a given position of its sequence.
    private ulong Draw(int which)
    {
        var z = (state ?? 0) + (((ulong)which + 1) * 0x9E3779B97F4A7C15);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
