namespace IotCard.Sandbox.Cards;

/// <summary>The state of a card, with the codes of <c>GetCardDetail</c>.</summary>
public enum CardStatus
{
    /// <summary>It can be tested.</summary>
    Testable = 10,

    /// <summary>It was never used.</summary>
    Unused = 20,

    /// <summary>In use.</summary>
    InUse = 30,

    /// <summary>Stopped, by its owner or at a limit.</summary>
    Stopped = 35,

    /// <summary>Shut down by the carrier.</summary>
    ShutDown = 40,

    /// <summary>Its account is closed for good.</summary>
    Closed = 50,
}
