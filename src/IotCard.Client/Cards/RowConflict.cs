namespace IotCard.Client.Cards;

/// <summary>What another row of the same list has against a row.</summary>
/// <param name="Code">The stable name of the conflict.</param>
/// <param name="OtherRow">The other row's place in the input.</param>
internal sealed record RowConflict(string Code, long OtherRow)
{
    /// <summary>An earlier row asks for the same.</summary>
    internal const string Duplicate = "DuplicateRow";

    /// <summary>Another row has the same card with another device, and neither follows from the other.</summary>
    internal const string CardTwice = "CardTwice";

    /// <summary>Another row has another card with the same device.</summary>
    internal const string DeviceTwice = "DeviceTwice";
}
