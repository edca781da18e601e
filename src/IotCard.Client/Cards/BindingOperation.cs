namespace IotCard.Client.Cards;

/// <summary>The operation on a card: the two values of the action's <c>OpionType</c>.</summary>
public enum BindingOperation
{
    /// <summary><c>chgBind</c>: binds the card to another device's IMEI.</summary>
    Rebind,

    /// <summary><c>unBind</c>: unbinds the card and closes its account. It cannot be undone.</summary>
    Unbind,
}
