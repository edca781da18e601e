using System.Globalization;

namespace IotCard.Client.Journaling;

/// <summary>
/// Reads the records of a journal, and judges what is damaged. The checksum decides about a last line without a line feed:
/// if it matches, the line counts; otherwise it is a <see cref="TornLine"/>. Of the last flush, which a power cut may have
/// interrupted, pages may be missing before others that are there: such a hole is judged like a torn line of which nothing
/// is left. Any other damage means that the file cannot be trusted.
/// </summary>
internal sealed class JournalScan
{
    private readonly JournalFile _file;
    private readonly LineReader _reader;
    private readonly RowNumbering _numbering = new();
    private readonly List<int> _damaged = [];
    private readonly List<FoundHole> _holes = [];
    private int? _firstDamage;

    internal JournalScan(JournalFile file)
    {
        _file = file;
        _reader = file.Scan();
        Job = ReadJob();
    }

    /// <summary>The job; null if the file has no complete line yet, or if the first one is damaged.</summary>
    internal JournalJob? Job { get; }

    /// <summary>The length of the file up to the end of its last complete line, including the line feed.</summary>
    internal long ValidLength { get; private set; }

    /// <summary>Whether the last line lacks only its line feed.</summary>
    internal bool LacksLineFeed { get; private set; }

    /// <summary>What follows the last complete line, if it is the beginning of another one.</summary>
    internal TornLine? Torn { get; private set; }

    /// <summary>The holes of the last flush that are not kept in a <c>torn</c> line yet.</summary>
    internal IEnumerable<TornLine> NewHoles => _holes.Select(static found => found.Torn);

    /// <summary>The numbers of the lines that cannot be read.</summary>
    internal IReadOnlyList<int> DamagedLines => _damaged;

    /// <summary>What the file has that no journal is written with.</summary>
    internal LineReader Form => _reader;

    /// <summary>The number of runs so far.</summary>
    internal int Run { get; private set; }

    /// <summary>Reads the next record after the job's.</summary>
    /// <param name="line">The record.</param>
    /// <param name="offset">Where it begins in the file.</param>
    /// <returns>False at the end.</returns>
    internal bool TryRead([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out JournalLine? line, out long offset)
    {
        while (_reader.TryRead(out var raw))
        {
            if (TryAccept(raw.IsTooLong ? default : raw.Text, raw.HasLineFeed, out line))
            {
                offset = raw.Offset;
                return true;
            }

            if (!raw.HasLineFeed && TornLine.TryRead(raw.Text, raw.Offset, Run) is { } torn)
            {
                torn.Number(_numbering);
                Torn = torn;
                break;
            }

            NoteDamage(raw);
            if (raw.HasLineFeed && TryAccept(Hole.TextAfter(raw), hasLineFeed: true, out line))
            {
                offset = raw.Offset + raw.Text.Length - Hole.TextAfter(raw).Length;
                return true;
            }
        }

        _holes.FindAll(static found => found.IsOnTheDisk).ForEach(found => Distrust(found.Number));
        _holes.RemoveAll(static found => found.IsOnTheDisk);
        (line, offset) = (null, 0);
        return false;
    }

    /// <summary>Reads the fragment in a <c>torn</c> line.</summary>
    /// <returns>Null for a line of another kind, and for one that belongs to no row.</returns>
    internal TornLine? ReadFragment(JournalLine line, long offset)
    {
        var torn = TornLine.TryRead(line, offset, Run);
        torn?.Number(_numbering);
        return torn;
    }

    /// <summary>Requires, once all is read, that nothing is damaged that is not judged like a torn line.</summary>
    /// <exception cref="JournalException">A line is damaged.</exception>
    internal void RequireWhole()
    {
        if (_firstDamage is { } number)
        {
            throw Damaged(number);
        }
    }

    /// <summary>Requires, once all is read, that it was a journal: that the first line says so, or at least one of the others.</summary>
    /// <param name="rows">How many rows were found.</param>
    /// <exception cref="JournalException">It is another kind of file.</exception>
    internal void RequireJournal(int rows)
    {
        if (Job is null && _damaged.Count > 0 && rows == 0)
        {
            throw Damaged(1);
        }
    }

    private JournalJob? ReadJob()
    {
        if (!_reader.TryRead(out var raw))
        {
            return _reader.HasRoom ? throw Damaged(1) : null;
        }

        if (JournalFormat.TryRead(raw.Text) is { } line)
        {
            Note(line, raw.HasLineFeed);
            return JournalFormat.JobOf(line) ?? throw Damaged(1);
        }

        // What is discarded as torn must be the beginning of a journal, not another kind of file.
        if (!raw.HasLineFeed && !raw.IsTooLong && JournalFormat.BeginsJob(raw.Text))
        {
            return null;
        }

        NoteDamage(raw);
        Distrust(raw.Number);
        return null;
    }

    private bool TryAccept(ReadOnlySpan<byte> text, bool hasLineFeed, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out JournalLine? line)
    {
        line = JournalFormat.TryRead(text);
        if (line is null || line.Kind == JournalFormat.JobKind)
        {
            line = null;
            return false;
        }

        Note(line, hasLineFeed);
        if (line.BelongsToRow)
        {
            line.Number ??= _numbering.NumberOf(line.Iccid!, line.Imei!, line.NewImei, line.Row!.Value);
        }

        return true;
    }

    private void Note(JournalLine line, bool hasLineFeed)
    {
        Run += line.Kind == JournalFormat.RunKind ? 1 : 0;
        LacksLineFeed = !hasLineFeed;
        ValidLength = _reader.Position;
        if (line.Flush)
        {
            // What is before it is on the disk, so what is damaged there was damaged by something else than a power cut.
            _holes.ForEach(static found => found.IsOnTheDisk = true);
        }

        if (line.Offset is { } hole)
        {
            _holes.RemoveAll(found => found.Torn.Offset == hole);
        }
    }

    private void NoteDamage(in RawLine raw)
    {
        _damaged.Add(raw.Number);
        ValidLength = _reader.Position;
        LacksLineFeed = false;
        if (Hole.IsIn(raw))
        {
            _holes.Add(new FoundHole(TornLine.OfHole(raw.Offset, Run), raw.Number));
        }
        else
        {
            Distrust(raw.Number);
        }
    }

    private void Distrust(int number) => _firstDamage = Math.Min(number, _firstDamage ?? number);

    private JournalException Damaged(int number) => new(JournalErrorCode.Invalid, _file.Path, number.ToString(CultureInfo.InvariantCulture));

    /// <summary>A hole that no <c>torn</c> line tells of yet.</summary>
    private sealed class FoundHole(TornLine torn, int number)
    {
        internal TornLine Torn { get; } = torn;

        internal int Number { get; } = number;

        /// <summary>Whether a later flush shows that what is around it was on the disk.</summary>
        internal bool IsOnTheDisk { get; set; }
    }
}
