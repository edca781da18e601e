namespace IotCard.Client.Service;

/// <summary>What the end of an attempt says of whether the operation was carried out.</summary>
public enum ExecutionCertainty
{
    /// <summary>It was not, and a new request can do no harm.</summary>
    NotExecuted,

    /// <summary>The service has answered this operation; the answer says what became of it.</summary>
    Answered,

    /// <summary>It may have been, or not. Nothing but an answer to this very operation can tell.</summary>
    NotKnown,
}
