namespace IotCard.Input;

/// <summary>What a column of the input means to a command.</summary>
internal enum InputColumn
{
    /// <summary>The card.</summary>
    Iccid,

    /// <summary>The device that the card is bound to.</summary>
    Imei,

    /// <summary>The new device of a rebind.</summary>
    NewImei,

    /// <summary>Seems to name a new device, but under a name that is not read; it only keeps a row from being unbound.</summary>
    PerhapsNewImei,

    /// <summary>The outcome that an earlier command reported.</summary>
    Outcome,
}
