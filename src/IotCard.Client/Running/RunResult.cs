using IotCard.Client.Rules;

namespace IotCard.Client.Running;

/// <summary>A row's outcome, as a run publishes it.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="IsFromJournal">Whether the outcome is an earlier run's.</param>
/// <param name="Tag">What the caller passed with the row.</param>
public sealed record RunResult(RowOutcome Outcome, bool IsFromJournal, object? Tag);
