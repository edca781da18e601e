namespace IotCard.Client.Rules;

/// <summary>What is to be done with a row.</summary>
internal enum RowAction
{
    /// <summary>It is signed and sent.</summary>
    Send,

    /// <summary>The request that an earlier run recorded is sent again, byte for byte.</summary>
    Resume,

    /// <summary>It is not sent, because it is done.</summary>
    AlreadyDone,

    /// <summary>It is not sent, because it must not be.</summary>
    Refuse,

    /// <summary>It is not sent, because it may have been executed.</summary>
    Unknown,
}
