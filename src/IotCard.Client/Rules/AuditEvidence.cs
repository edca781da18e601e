namespace IotCard.Client.Rules;

/// <summary>The event of the audit trail that proves what became of a request.</summary>
/// <param name="EventId">The event's id.</param>
/// <param name="EventTime">When it happened, UTC.</param>
/// <param name="Finding">What it proves, as a stable name.</param>
public sealed record AuditEvidence(string EventId, DateTimeOffset EventTime, string Finding);
