namespace IotCard.Client.Rules;

/// <summary>What is to be done with a row, and why.</summary>
/// <param name="Action">What.</param>
/// <param name="Code">Why, as a stable name; null for a row about which there is nothing to say.</param>
internal sealed record RowDecision(RowAction Action, string? Code = null);
