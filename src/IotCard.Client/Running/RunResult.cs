using IotCard.Client.Sending;

namespace IotCard.Client.Running;

/// <summary>A row's outcome, as a run publishes it.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="IsFromJournal">Whether an earlier run had settled it.</param>
/// <param name="Tag">What the caller handed in with the row.</param>
public sealed record RunResult(RowOutcome Outcome, bool IsFromJournal, object? Tag);
