namespace IotCard.Benchmarks.Subjects;

/// <summary>The garbage collector before an iteration.</summary>
internal static class Garbage
{
    /// <summary>
    /// Collects what earlier iterations left, and puts what was made ready for this one into the oldest generation, so that
    /// no collection within the iteration has to move it. What survives one collection is a generation older, so it takes two.
    /// </summary>
    internal static void Settle()
    {
        GC.Collect();
        GC.Collect();
    }
}
