using IotCard.Client.Cards;

namespace IotCard.Client.Rules;

/// <summary>What is to be done with a row, and why.</summary>
/// <param name="Action">What.</param>
/// <param name="Code">Why, as a stable name; null for a row about which there is nothing to say.</param>
internal sealed record RowDecision(RowAction Action, string? Code = null)
{
    /// <summary>What is wrong with the row itself; null if nothing is.</summary>
    internal RowFault? Fault { get; init; }

    /// <summary>The place of another row that it repeats or contradicts; 0 if there is none.</summary>
    internal long OtherRow { get; init; }

    /// <summary>The device that a lookup shows for the card; null if that is not the reason.</summary>
    internal string? ShownImei { get; init; }

    /// <summary>Whether a request leaves for the row.</summary>
    internal bool Sends => Action is RowAction.Send or RowAction.Resume;
}
