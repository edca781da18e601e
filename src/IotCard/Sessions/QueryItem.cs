namespace IotCard.Sessions;

/// <summary>The result of a query, ready to be written.</summary>
/// <param name="IsFailed">Whether there is no result.</param>
/// <param name="Write">Writes it, on the pipeline thread.</param>
internal sealed record QueryItem(bool IsFailed, Action Write);
