using IotCard.Client.Rules;

namespace IotCard.Client.Journaling;

/// <summary>How a row of a journal last ended.</summary>
/// <param name="Outcome">The outcome; Unknown for a row that was in flight.</param>
/// <param name="Number">The row's number among identical rows.</param>
/// <param name="History">The offsets of the row's lines.</param>
internal readonly record struct JournalRecord(RowOutcome Outcome, int Number, RowHistory History);
