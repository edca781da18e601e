namespace IotCard.Client.Tests.Journaling;

/// <summary>
/// A file whose disk a test has in its hands: it counts what was forced to it, holds it up, and fails it, half a line
/// written. Others may read beside it, on every platform.
/// </summary>
internal sealed class FailingDisk(string path)
    : FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 1)
{
    private readonly SemaphoreSlim _reached = new(0);
    private readonly ManualResetEventSlim _open = new(initialState: true);
    private int _flushes;

    /// <summary>How often what was written was forced to the disk.</summary>
    internal int Flushes => Volatile.Read(ref _flushes);

    /// <summary>What writing fails with; null while it does not.</summary>
    internal Exception? Failure { get; set; }

    /// <summary>How long the file can grow.</summary>
    internal long Capacity { get; init; } = long.MaxValue;

    /// <summary>Lets nothing more get to the disk until <see cref="LetGo"/>.</summary>
    internal void Hold() => _open.Reset();

    internal void LetGo() => _open.Set();

    /// <summary>Waits until somebody waits for a disk that is held.</summary>
    internal Task UntilHeldAsync() => _reached.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

    public override void Write(byte[] buffer, int offset, int count)
    {
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
