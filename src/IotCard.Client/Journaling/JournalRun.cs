namespace IotCard.Client.Journaling;

/// <summary>A run that wrote a journal.</summary>
/// <param name="StartedAt">When it started, UTC.</param>
/// <param name="Caller">Who made it, as far as the journal says.</param>
/// <param name="ListHash">The hash of its list, as <c>Test-IotCardBinding -Summary</c> gives it; null if the run did not record one.</param>
public sealed record JournalRun(DateTimeOffset StartedAt, JournalCaller Caller, string? ListHash = null);
