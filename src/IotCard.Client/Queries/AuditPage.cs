using IotCard.Client.Rules;

namespace IotCard.Client.Queries;

/// <summary>A page of events.</summary>
/// <param name="Events">The events.</param>
/// <param name="NextToken">The token for the next page; null at the end.</param>
internal sealed record AuditPage(IReadOnlyList<AuditEvent> Events, string? NextToken);
