namespace IotCard.Client.Journaling;

/// <summary>What a journal knew of a row when it was claimed.</summary>
/// <param name="State">Its lines.</param>
/// <param name="Claim">The number of the claim.</param>
/// <param name="IsBehindUnknown">Whether an earlier row of its card, not claimed before, may have been executed.</param>
internal sealed record ClaimedRow(RowState State, int Claim, bool IsBehindUnknown);
