using IotCard.Client.Journaling;
using IotCard.Client.Platform;

namespace IotCard.Client.Tests.Simulation;

/// <summary>A journal's file in memory, on a disk that keeps for certain only what was flushed.</summary>
internal sealed class SimulatedFile : IDiskFile
{
    private byte[] _durable = [];
    private byte[] _current = [];

    public string Path => "/simulated/job.jsonl";

    public string? Identity => null;

    public FileTrust Trust => default;

    public long Length
    {
        get => _current.Length;
        set => Array.Resize(ref _current, (int)value);
    }

    /// <summary>Whether the next flush fails and loses what it was to write.</summary>
    internal bool FailsToFlush { get; set; }

    public int Read(long offset, byte[] buffer, int start, int count)
    {
        var length = (int)Math.Max(0, Math.Min(count, _current.Length - offset));
        if (length > 0)
        {
            Array.Copy(_current, offset, buffer, start, length);
        }

        return length;
    }

    public void Write(long offset, byte[] bytes)
    {
        if (offset + bytes.Length > _current.Length)
        {
            Array.Resize(ref _current, (int)offset + bytes.Length);
        }

        bytes.CopyTo(_current, offset);
    }

    public void Flush()
    {
        if (FailsToFlush)
        {
            FailsToFlush = false;
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

    /// <summary>Cuts the power: of what was not flushed, a first part may be on the disk all the same.</summary>
    /// <param name="share">How much of it, from 0 to 1.</param>
    internal void Cut(double share)
    {
        var kept = _durable.Length + (int)((_current.Length - _durable.Length) * share);
        var file = (byte[])_durable.Clone();
        if (kept > _durable.Length)
        {
            file = _current[..kept];
            _durable.CopyTo(file, 0);
        }

        _durable = file;
        _current = (byte[])file.Clone();
    }
}
