namespace IotCard.Client.Rules;

/// <summary>How a row ended.</summary>
public enum OutcomeStatus
{
    /// <summary>The service says that it executed the operation.</summary>
    Succeeded,

    /// <summary>The operation was not executed.</summary>
    Failed,

    /// <summary>It is unknown whether it was executed.</summary>
    Unknown,
}
