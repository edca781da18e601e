using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace IotCard.Sandbox;

/// <summary>
/// What chance says of one arrival of a nonce: any number of independent throws, always the same for the same seed,
/// nonce and arrival. Loaded dice, those of a script, always give the first choice.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct FaultDice(ulong? state)
{
    public static readonly FaultDice Loaded = new(null);

    public static FaultDice For(int seed, string nonce, int arrival)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seed}\n{arrival}\n{nonce}")), hash);
        return new FaultDice(BinaryPrimitives.ReadUInt64LittleEndian(hash));
    }

    /// <summary>From 0 up to, but not including, 1.</summary>
    public double Share() => (Throw(0) >> 11) * (1.0 / (1UL << 53));

    public T Of<T>(int which, params ReadOnlySpan<T> choices) => state is null ? choices[0] : choices[(int)(Throw(which) % (ulong)choices.Length)];

    /// <summary>Where to break something of this length off: from 0 up to, but not including, the whole.</summary>
    public int Break(int length) => state is null ? length / 2 : (int)(Throw(3) % (ulong)length);

    public byte[] Bytes()
    {
        var bytes = new byte[16 + (state is null ? 0 : (int)(Throw(4) % 240))];
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)Throw(5 + i);
        return bytes;
    }

    // SplitMix64, at a place of its sequence.
    private ulong Throw(int which)
    {
        var z = (state ?? 0) + (((ulong)which + 1) * 0x9E3779B97F4A7C15);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
