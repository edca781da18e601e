using IotCard.Benchmarks.Subjects;

namespace IotCard.Benchmarks.Fleet;

/// <summary>A subject in a comparison, and what it does in each iteration.</summary>
internal sealed record Runner(SubjectProcess Subject, Iteration Iteration)
{
    /// <summary>Whether the subject can do nothing but one request after the other.</summary>
    public bool IsSequential { get; init; }
}
