namespace IotCard.Benchmarks.Subjects;

/// <summary>A line that a subject answers with.</summary>
/// <param name="Value">The answer; null where there is none.</param>
/// <param name="Error">What went wrong; null where nothing did.</param>
internal sealed record Reply<T>(T? Value, string? Error = null);
