namespace IotCard.Benchmarks.Sides;

/// <summary>The garbage collector before a turn.</summary>
internal static class Garbage
{
    /// <summary>
    /// Collects what earlier turns left, and puts what was made ready for this one into the oldest generation, so that
    /// no collection within the turn has to move it. What survives one collection is a generation older, so it takes two.
    /// </summary>
    internal static void Settle()
    {
        GC.Collect();
        GC.Collect();
    }
}
