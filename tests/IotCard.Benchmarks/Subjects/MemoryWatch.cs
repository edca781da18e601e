namespace IotCard.Benchmarks.Subjects;

/// <summary>Looks at this process's managed memory every few milliseconds, on a thread of its own.</summary>
internal sealed class MemoryWatch : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);

    private readonly ManualResetEventSlim _stop = new();
    private readonly Thread _thread;

    internal MemoryWatch()
    {
        _thread = new Thread(Watch) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>The most that was in use, garbage not yet collected included.</summary>
    internal long Peak { get; private set; }

    /// <summary>The largest heap that a collection left behind.</summary>
    internal long PeakAfterCollection { get; private set; }

    internal void Stop()
    {
        _stop.Set();
        _thread.Join();
    }

    public void Dispose()
    {
        Stop();
        _stop.Dispose();
    }

    private void Watch()
    {
        var collections = 0;
        do
        {
            Peak = Math.Max(Peak, GC.GetTotalMemory(forceFullCollection: false));

            // Asking allocates a little, so only where there is something new to hear.
            if (GC.CollectionCount(0) is var now && now != collections)
            {
                collections = now;
                PeakAfterCollection = Math.Max(PeakAfterCollection, GC.GetGCMemoryInfo(GCKind.Any).HeapSizeBytes);
            }
        }
        while (!_stop.Wait(Interval));
    }
}
