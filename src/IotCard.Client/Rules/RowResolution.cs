namespace IotCard.Client.Rules;

/// <summary>What was found out about a row that was Unknown: by a person, or by the audit trail.</summary>
public sealed record RowResolution
{
    /// <summary>The row's outcome: Succeeded or Failed.</summary>
    public required OutcomeStatus Status { get; init; }

    /// <summary>When that was recorded, UTC.</summary>
    public required DateTimeOffset ResolvedAt { get; init; }

    /// <summary>Who found it out, and how.</summary>
    public string? Comment { get; init; }

    /// <summary>The event of the audit trail that proves it; null if a person found it out.</summary>
    public AuditEvidence? Evidence { get; init; }

    /// <summary>The last time that is recorded of the request that was in doubt, UTC; null if none is.</summary>
    public DateTimeOffset? RequestedAt { get; init; }
}
