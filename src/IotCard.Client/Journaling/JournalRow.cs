using IotCard.Client.Rules;

namespace IotCard.Client.Journaling;

/// <summary>One row of a journal, as it last ended.</summary>
/// <param name="Outcome">The outcome; that of the resolution if it was settled.</param>
/// <param name="Unsettled">The Unknown outcome that was settled; null if none was.</param>
public sealed record JournalRow(RowOutcome Outcome, RowOutcome? Unsettled);
