using IotCard.Client.Journaling;
using IotCard.Client.Platform;

namespace IotCard.Client.Tests.Journaling;

/// <summary>
/// A disk in memory that keeps for certain only what was flushed. A power cut leaves of everything else some pages and
/// others not, in any order, and the file as long as it was at any time since.
/// </summary>
internal sealed class SimulatedDisk : IDiskFile
{
    internal const int PageLength = 512;

    private byte[] _durable;
    private byte[] _current;

    internal SimulatedDisk(byte[]? contents = null) => _current = _durable = contents ?? [];

    public string Path => "/simulated/job.jsonl";

    public string? Identity => null;

    public FileTrust Trust => default;

    public long Length
    {
        get => _current.Length;
        set => _current = _current[..(int)value];
    }

    /// <summary>Counts what was asked of the disk, each of which may be the last before a power cut.</summary>
    internal int Steps { get; private set; }

    /// <summary>Before which step the power is cut: nothing happens from then on.</summary>
    internal int CutBefore { get; init; } = int.MaxValue;

    /// <summary>Which flush fails and loses what it was to write, from 1; none by default.</summary>
    internal int FailingFlush { get; init; }

    internal int Flushes { get; private set; }

    /// <summary>The pages that a power cut may or may not have written.</summary>
    internal IReadOnlyList<int> DirtyPages =>
        [.. Enumerable.Range(0, (_current.Length + PageLength - 1) / PageLength).Where(page => !Page(_current, page).SequenceEqual(Page(_durable, page)))];

    /// <summary>The file after a power cut.</summary>
    /// <param name="written">The dirty pages that were written all the same.</param>
    internal byte[] Cut(IReadOnlyCollection<int> written)
    {
        var image = new byte[written.Count > 0 ? Math.Max(_current.Length, _durable.Length) : _durable.Length];
        _durable.AsSpan(0, Math.Min(_durable.Length, image.Length)).CopyTo(image);
        foreach (var page in written)
        {
            Page(_current, page).CopyTo(image.AsSpan(page * PageLength));
        }

        return image;
    }

    public int Read(long offset, byte[] buffer, int start, int count)
    {
        var length = (int)Math.Max(0, Math.Min(count, _current.Length - offset));
        _current.AsSpan((int)Math.Min(offset, _current.Length), length).CopyTo(buffer.AsSpan(start));
        return length;
    }

    public void Write(long offset, byte[] bytes)
    {
        Step();
        var grown = new byte[Math.Max(_current.Length, offset + bytes.Length)];
        _current.CopyTo(grown, 0);
        bytes.CopyTo(grown, offset);
        _current = grown;
    }

    public void Flush()
    {
        Step();
        if (++Flushes == FailingFlush)
        {
            throw new IOException("Input/output error");
        }

        _durable = (byte[])_current.Clone();
    }

    public void RequireUntouched(long expectedLength)
    {
    }

    public void Delete()
    {
    }

    public void Dispose()
    {
    }

    private static ReadOnlySpan<byte> Page(byte[] file, int page) =>
        file.AsSpan(Math.Min(page * PageLength, file.Length), Math.Max(0, Math.Min(PageLength, file.Length - (page * PageLength))));

    private void Step()
    {
        if (++Steps >= CutBefore)
        {
            throw new PowerCutException();
        }
    }

    internal sealed class PowerCutException : Exception;
}
