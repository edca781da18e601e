namespace IotCard.Sandbox.Cards;

/// <summary>The operation of <c>DoIotChgBindOrUnBind</c>.</summary>
public enum CardOperation
{
    /// <summary><c>chgBind</c>: bind the card to another device.</summary>
    Rebind,

    /// <summary><c>unBind</c>: unbind the card and close its account for good.</summary>
    Unbind,
}
