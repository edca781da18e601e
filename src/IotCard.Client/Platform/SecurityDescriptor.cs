using System.Globalization;
using System.Text;

namespace IotCard.Client.Platform;

/// <summary>The owner and the access control list of a file or folder on Windows.</summary>
/// <param name="Owner">The owner's security identifier, such as <c>S-1-5-18</c>.</param>
/// <param name="Entries">The list's entries; null without a list, which lets everyone do everything.</param>
internal sealed record SecurityDescriptor(string Owner, IReadOnlyList<AccessEntry>? Entries)
{
    private const ushort HasList = 0x4;
    private const int HeaderLength = 20;
    private const int ListHeaderLength = 8;
    private const int EntryHeaderLength = 8;

    /// <summary>Parses the self-relative form, as the system returns it (MS-DTYP 2.4.6).</summary>
    /// <returns>Null if there is no owner, or if it is malformed.</returns>
    internal static SecurityDescriptor? TryParse(byte[] descriptor)
    {
        if (descriptor.Length < HeaderLength || ReadSid(descriptor, BitConverter.ToInt32(descriptor, 4)) is not { } owner)
        {
            return null;
        }

        var at = BitConverter.ToInt32(descriptor, 16);
        if ((BitConverter.ToUInt16(descriptor, 2) & HasList) == 0 || at == 0)
        {
            return new SecurityDescriptor(owner, null);
        }

        return ReadEntries(descriptor, at) is { } entries ? new SecurityDescriptor(owner, entries) : null;
    }

    private static List<AccessEntry>? ReadEntries(byte[] descriptor, int at)
    {
        if (at < 0 || at > descriptor.Length - ListHeaderLength)
        {
            return null;
        }

        var count = BitConverter.ToUInt16(descriptor, at + 4);
        var entries = new List<AccessEntry>(count);
        at += ListHeaderLength;
        for (var i = 0; i < count; i++)
        {
            if (at > descriptor.Length - EntryHeaderLength)
            {
                return null;
            }

            // Types that name an object type before the identifier do not occur on files; they count as everyone's.
            var type = descriptor[at];
            var sid = type is AccessEntry.Allowed or AccessEntry.Denied or AccessEntry.AllowedConditionally ? ReadSid(descriptor, at + EntryHeaderLength) : AccessEntry.Everyone;
            if (sid is null)
            {
                return null;
            }

            entries.Add(new AccessEntry(type, descriptor[at + 1], BitConverter.ToUInt32(descriptor, at + 4), sid));
            var length = BitConverter.ToUInt16(descriptor, at + 2);
            if (length < EntryHeaderLength)
            {
                return null;
            }

            at += length;
        }

        return entries;
    }

    private static string? ReadSid(byte[] bytes, int at)
    {
        const int Head = 8;
        if (at < HeaderLength || at > bytes.Length - Head || at + Head + (4 * bytes[at + 1]) > bytes.Length)
        {
            return null;
        }

        long authority = 0;
        for (var i = 2; i < Head; i++)
        {
            authority = (authority << 8) | bytes[at + i];
        }

        var sid = new StringBuilder("S-").Append(bytes[at].ToString(CultureInfo.InvariantCulture)).Append('-').Append(authority.ToString(CultureInfo.InvariantCulture));
        for (var i = 0; i < bytes[at + 1]; i++)
        {
            sid.Append('-').Append(BitConverter.ToUInt32(bytes, at + Head + (4 * i)).ToString(CultureInfo.InvariantCulture));
        }

        return sid.ToString();
    }
}
