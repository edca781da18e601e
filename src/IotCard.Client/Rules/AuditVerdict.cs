namespace IotCard.Client.Rules;

/// <summary>What an event of the audit trail says about the request that it records.</summary>
internal enum AuditVerdict
{
    /// <summary>The request arrived; its result is not recorded, contradicts itself, or does not tell.</summary>
    Unclear,

    /// <summary>The recorded response says that the operation was executed.</summary>
    Executed,

    /// <summary>The service itself answered that it did not execute the operation.</summary>
    NotExecuted,

    /// <summary>The gateway refused this arrival of the request. Another arrival of it may have been executed.</summary>
    Refused,

    /// <summary>The gateway refused this arrival, because the same request had arrived before. It says nothing else.</summary>
    Repeated,
}
