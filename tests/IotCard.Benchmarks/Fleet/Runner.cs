using IotCard.Benchmarks.Subjects;

namespace IotCard.Benchmarks.Fleet;

/// <summary>A subject in a comparison, and what it does in each iteration.</summary>
internal sealed record Runner(SubjectProcess Subject, Iteration Iteration)
{
    /// <summary>How many cards it handles at a steady pace before it is measured; null for as many as all others.</summary>
    public int? SteadyWarmUpCards { get; init; }
}
