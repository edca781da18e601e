using IotCard.Client.Sending;

namespace IotCard.Client.Journaling;

/// <summary>How a row of a journal ended last.</summary>
/// <param name="Outcome">The outcome; Unknown of a row that was under way.</param>
/// <param name="Number">Which of its kind the row is.</param>
/// <param name="History">Where the journal speaks of it.</param>
internal readonly record struct JournalRecord(RowOutcome Outcome, int Number, RowHistory History);
