namespace IotCard.Client.Sending;

/// <summary>What became of a row.</summary>
public enum OutcomeStatus
{
    /// <summary>The service says that it carried the operation out.</summary>
    Succeeded,

    /// <summary>The operation was not carried out.</summary>
    Failed,

    /// <summary>Whether it was carried out is not known.</summary>
    Unknown,
}
