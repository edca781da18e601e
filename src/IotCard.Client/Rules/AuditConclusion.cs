namespace IotCard.Client.Rules;

/// <summary>What follows for a row from the events of the audit trail.</summary>
/// <param name="Finding">What was found.</param>
/// <param name="Event">The event that it is based on; null if there is none.</param>
internal readonly record struct AuditConclusion(AuditFinding Finding, AuditEvent? Event = null)
{
    /// <summary>The row's outcome: Unknown unless the event proves another.</summary>
    internal OutcomeStatus Status => Finding switch
    {
        AuditFinding.Executed => OutcomeStatus.Succeeded,
        AuditFinding.NotExecuted => OutcomeStatus.Failed,
        _ => OutcomeStatus.Unknown,
    };
}
