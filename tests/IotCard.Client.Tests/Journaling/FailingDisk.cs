namespace IotCard.Client.Tests.Journaling;

/// <summary>
/// A file whose disk a test controls: it counts flushes, delays them, and fails them with half a line written. Others
/// may read it meanwhile, on every platform.
/// </summary>
internal sealed class FailingDisk(string path)
    : FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 1)
{
    private readonly SemaphoreSlim _reached = new(0);
    private readonly ManualResetEventSlim _open = new(initialState: true);
    private int _flushes;
    private int _writes;

    /// <summary>How often the file was flushed to the disk.</summary>
    internal int Flushes => Volatile.Read(ref _flushes);

    /// <summary>How often something was written.</summary>
    internal int Writes => Volatile.Read(ref _writes);

    /// <summary>The error of every write; null if there is none.</summary>
    internal Exception? Failure { get; set; }

    /// <summary>The maximum length of the file.</summary>
    internal long Capacity { get; init; } = long.MaxValue;

    /// <summary>Blocks the disk until <see cref="Release"/>.</summary>
    internal void Hold() => _open.Reset();

    internal void Release() => _open.Set();

    /// <summary>Waits until something waits for the blocked disk.</summary>
    internal Task WaitUntilHeldAsync() => _reached.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

    public override void Write(byte[] buffer, int offset, int count)
    {
        Interlocked.Increment(ref _writes);
        if (Failure is { } failure)
        {
            base.Write(buffer, offset, count / 2);
            throw failure;
        }

        var room = Math.Max(0, Capacity - Position);
        base.Write(buffer, offset, (int)Math.Min(room, count));
        if (room < count)
        {
            throw new IOException("No space left on device");
        }
    }

    public override void Flush(bool flushToDisk)
    {
        if (flushToDisk)
        {
            if (!_open.IsSet)
            {
                _reached.Release();
                _open.Wait(TimeSpan.FromSeconds(30));
            }

            Interlocked.Increment(ref _flushes);
        }

        base.Flush(flushToDisk);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _open.Set();
            _reached.Dispose();
        }

        base.Dispose(disposing);
    }
}
