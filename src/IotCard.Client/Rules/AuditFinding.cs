namespace IotCard.Client.Rules;

/// <summary>What the audit trail says about a row. The names are recorded in journals, so they never change.</summary>
internal enum AuditFinding
{
    /// <summary>The recorded response says that the operation was executed: the row succeeded.</summary>
    Executed,

    /// <summary>The recorded code says that the operation was not executed: the row failed.</summary>
    NotExecuted,

    /// <summary>A request of the row arrived; what became of it is not recorded.</summary>
    ResultNotRecorded,

    /// <summary>No event can be one of the row.</summary>
    NoEvent,

    /// <summary>Nothing was found, but the events may not all be there yet.</summary>
    TooEarly,

    /// <summary>Several events, or several rows of the journal, can be meant.</summary>
    Ambiguous,

    /// <summary>An event may be the row's, but what would identify it is starred, missing or of another AccessKey.</summary>
    NotIdentified,

    /// <summary>The row's request is older than the audit trail.</summary>
    TooOld,

    /// <summary>The journal does not say which request was sent.</summary>
    NoRequestRecorded,
}
