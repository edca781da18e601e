namespace IotCard.Benchmarks.Subjects;

/// <summary>The response of a subject.</summary>
/// <param name="Value">The result; null if there is none.</param>
/// <param name="Error">What went wrong; null if nothing did.</param>
internal sealed record Reply<T>(T? Value, string? Error = null);
