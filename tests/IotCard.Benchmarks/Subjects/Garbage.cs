namespace IotCard.Benchmarks.Subjects;

/// <summary>Prepares the heap for an iteration.</summary>
internal static class Garbage
{
    /// <summary>
    /// Collects the garbage of earlier iterations, and moves what was prepared for this one into the oldest generation, so
    /// that no later collection has to move it. Each collection moves it one generation, so there are two.
    /// </summary>
    internal static void Settle()
    {
        GC.Collect();
        GC.Collect();
    }
}
