using System.Buffers.Binary;
using System.Globalization;
using IotCard.Client.Platform;

namespace IotCard.Client.Tests.Platform;

/// <summary>A security descriptor in its self-relative form (MS-DTYP 2.4.6), as Windows returns it.</summary>
internal sealed class DescriptorBytes(string owner)
{
    private const ushort SelfRelativeWithList = 0x8004;
    private const ushort SelfRelative = 0x8000;
    private const int HeaderLength = 20;

    private readonly List<byte> _entries = [];
    private ushort _count;

    internal bool HasList { get; init; } = true;

    internal DescriptorBytes Allow(string sid, uint rights, byte flags = 0) => Add(AccessEntry.Allowed, sid, rights, flags);

    internal DescriptorBytes Add(byte type, string sid, uint rights, byte flags = 0)
    {
        var bytes = Sid(sid);
        _entries.AddRange([type, flags, .. Two((ushort)(8 + bytes.Length)), .. Four(rights), .. bytes]);
        _count++;
        return this;
    }

    internal byte[] ToArray()
    {
        var sid = Sid(owner);
        byte[] list = [2, 0, .. Two((ushort)(8 + _entries.Count)), .. Two(_count), 0, 0, .. _entries];
        byte[] header =
        [
            1, 0, .. Two(HasList ? SelfRelativeWithList : SelfRelative), .. Four(HeaderLength), .. Four(0), .. Four(0), .. Four(HasList ? HeaderLength + (uint)sid.Length : 0),
        ];
        return [.. header, .. sid, .. HasList ? list : []];
    }

    private static byte[] Sid(string text)
    {
        var parts = text.Split('-').Skip(2).Select(static p => ulong.Parse(p, CultureInfo.InvariantCulture)).ToArray();
        var authority = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(authority, parts[0]);
        return [1, (byte)(parts.Length - 1), .. authority[2..], .. parts.Skip(1).SelectMany(static p => Four((uint)p))];
    }

    private static byte[] Two(ushort value) => BitConverter.GetBytes(value);

    private static byte[] Four(uint value) => BitConverter.GetBytes(value);
}
