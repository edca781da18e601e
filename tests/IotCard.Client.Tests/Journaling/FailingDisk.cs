using IotCard.Client.Journaling;
using IotCard.Client.Platform;

namespace IotCard.Client.Tests.Journaling;

/// <summary>
/// A file whose disk a test controls: it counts flushes, delays them, and fails writes with half a line written. Others
/// may read it meanwhile, on every platform.
/// </summary>
internal sealed class FailingDisk(string path) : IDiskFile
{
    private readonly DiskFile _file = DiskFile.Take(
        path, new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 1), isWriter: false);

    private readonly SemaphoreSlim _reached = new(0);
    private readonly ManualResetEventSlim _open = new(initialState: true);
    private int _flushes;
    private int _writes;

    public string Path => _file.Path;

    public string? Identity => _file.Identity;

    public FileTrust Trust => _file.Trust;

    public long Length
    {
        get => _file.Length;
        set => _file.Length = value;
    }

    /// <summary>How often the file was flushed to the disk.</summary>
    internal int Flushes => Volatile.Read(ref _flushes);

    /// <summary>How often something was written.</summary>
    internal int Writes => Volatile.Read(ref _writes);

    /// <summary>The error of every write; null if there is none.</summary>
    internal Exception? Failure { get; set; }

    /// <summary>The error of the next flush; null if there is none.</summary>
    internal IOException? FlushFailure { get; set; }

    /// <summary>The maximum length of the file.</summary>
    internal long Capacity { get; set; } = long.MaxValue;

    /// <summary>Blocks the disk until <see cref="Release"/>.</summary>
    internal void Hold() => _open.Reset();

    internal void Release() => _open.Set();

    /// <summary>Waits until something waits for the blocked disk.</summary>
    internal Task WaitUntilHeldAsync() => _reached.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

    public int Read(long offset, byte[] buffer, int start, int count) => _file.Read(offset, buffer, start, count);

    public void Write(long offset, byte[] bytes)
    {
        Interlocked.Increment(ref _writes);
        if (Failure is { } failure)
        {
            _file.Write(offset, bytes[..(bytes.Length / 2)]);
            throw failure;
        }

        var room = (int)Math.Min(Math.Max(0, Capacity - offset), bytes.Length);
        _file.Write(offset, bytes[..room]);
        if (room < bytes.Length)
        {
            throw new IOException("No space left on device");
        }
    }

    public void Flush()
    {
        if (!_open.IsSet)
        {
            _reached.Release();
            _open.Wait(TimeSpan.FromSeconds(30));
        }

        Interlocked.Increment(ref _flushes);
        if (FlushFailure is { } failure)
        {
            // As a system does that has dropped what it could not write: the next flush succeeds.
            FlushFailure = null;
            throw failure;
        }

        _file.Flush();
    }

    public void RequireUntouched(long expectedLength) => _file.RequireUntouched(expectedLength);

    public void Delete() => _file.Delete();

    public void Dispose()
    {
        _open.Set();
        _file.Dispose();
    }
}
