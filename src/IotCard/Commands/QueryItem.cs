namespace IotCard.Commands;

/// <summary>What a query gave, ready to be written.</summary>
/// <param name="IsFailed">Whether it has no answer.</param>
/// <param name="Write">Writes it, on the pipeline thread.</param>
internal sealed record QueryItem(bool IsFailed, Action Write);
