namespace IotCard.Client.Planning;

/// <summary>A conflict of a row with another row of the same list.</summary>
/// <param name="Code">The stable name of the conflict.</param>
/// <param name="OtherRow">The other row's position in the input.</param>
internal sealed record RowConflict(string Code, long OtherRow)
{
    /// <summary>An earlier row asks for the same operation.</summary>
    internal const string Duplicate = "DuplicateRow";

    /// <summary>Another row names the same card with another device, and neither row follows from the other.</summary>
    internal const string CardTwice = "CardTwice";

    /// <summary>Another row names another card with the same device.</summary>
    internal const string DeviceTwice = "DeviceTwice";
}
