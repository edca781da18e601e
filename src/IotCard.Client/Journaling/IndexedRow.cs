using IotCard.Client.Rules;

namespace IotCard.Client.Journaling;

/// <summary>How a row of a journal last ended.</summary>
/// <param name="Outcome">The outcome; Unknown for a row that was in flight.</param>
/// <param name="State">The row's lines.</param>
internal readonly record struct IndexedRow(RowOutcome Outcome, RowState State);
