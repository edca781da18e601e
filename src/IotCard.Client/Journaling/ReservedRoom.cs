using System.Text;

namespace IotCard.Client.Journaling;

/// <summary>
/// The room in a file for lines that must still be written if the disk is full: blanks, which are really allocated and
/// which later lines overwrite.
/// </summary>
/// <param name="disk">The file.</param>
/// <param name="outcomes">How many lines have room already.</param>
internal sealed class ReservedRoom(IDiskFile disk, int outcomes)
{
    private static readonly byte[] Padding = Encoding.ASCII.GetBytes(new string(' ', 16 * 1024));

    private long _outcomes = outcomes;

    /// <summary>The length of the file, lines and room.</summary>
    internal long Length { get; private set; } = disk.Length;

    /// <summary>Extends the file so that there is room after its lines.</summary>
    /// <param name="end">Where the lines will end.</param>
    /// <param name="change">By how many the lines that need room will change.</param>
    /// <exception cref="NoRoomException">The disk has none.</exception>
    internal void Extend(long end, int change)
    {
        // One more than is needed, so that a later run can begin on a full disk.
        var reserved = _outcomes + change + (change > 0 ? 1 : 0);
        var length = end + (reserved * JournalLineFormatter.MaximumOutcomeLength);
        if (reserved <= 0 || length <= Length)
        {
            return;
        }

        try
        {
            while (Length < length)
            {
                disk.Write(Length, Padding);
                Length += Padding.Length;
            }
        }
        catch (IOException failure)
        {
            // Whatever room was allocated can be used, and may suffice.
            Length = disk.Length;
            if (Length < length)
            {
                throw new NoRoomException(failure);
            }
        }
    }

    /// <summary>Notes that lines were written.</summary>
    internal void Use(long end, int change)
    {
        _outcomes += change;
        Length = Math.Max(Length, end);
    }

    /// <summary>Gives the room back, and what was written of lines that could not be written completely.</summary>
    internal void Cut(long end)
    {
        if (disk.Length > end)
        {
            disk.Length = end;
            Length = end;
        }
    }
}
