namespace IotCard;

/// <summary>What was to be done to a card.</summary>
public enum Operation
{
    /// <summary>Bind the card to another device's IMEI (<c>chgBind</c>).</summary>
    Rebind,

    /// <summary>Unbind the card and close its account (<c>unBind</c>).</summary>
    Unbind,
}
