namespace IotCard.Input;

/// <summary>The cell of a recognized column.</summary>
/// <param name="Column">What the column means.</param>
/// <param name="Name">The column's name.</param>
/// <param name="Text">The cell's text; null if it has none.</param>
/// <param name="Failure">Why it cannot be read; null if it can.</param>
internal sealed record InputCell(InputColumn Column, string Name, string? Text, string? Failure)
{
    /// <summary>Whether it has a text.</summary>
    internal bool HasText => !string.IsNullOrWhiteSpace(Text);
}
