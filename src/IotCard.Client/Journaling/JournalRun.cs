namespace IotCard.Client.Journaling;

/// <summary>A run that wrote a journal.</summary>
/// <param name="StartedAt">When it started, UTC.</param>
/// <param name="Caller">Who made it, as far as the journal says.</param>
public sealed record JournalRun(DateTimeOffset StartedAt, JournalCaller Caller);
