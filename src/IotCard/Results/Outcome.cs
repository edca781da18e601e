namespace IotCard;

/// <summary>What became of a row.</summary>
public enum Outcome
{
    /// <summary>The service carried the operation out.</summary>
    Succeeded,

    /// <summary>The operation was not carried out.</summary>
    Failed,

    /// <summary>Whether it was carried out is not known. Do not send it again blindly.</summary>
    Unknown,
}
