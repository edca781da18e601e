namespace IotCard.Client.Rules;

/// <summary>What an attempt's end says about the operation's execution.</summary>
internal enum ExecutionCertainty
{
    /// <summary>It was not executed, and a new request is safe.</summary>
    NotExecuted,

    /// <summary>The service responded to this operation; the response says whether it was executed.</summary>
    Answered,

    /// <summary>It may or may not have been executed. Only a response to this very operation can tell.</summary>
    NotKnown,
}
