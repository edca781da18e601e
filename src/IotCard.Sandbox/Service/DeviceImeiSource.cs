namespace IotCard.Sandbox.Service;

/// <summary>What <c>GetCardDetail</c> reports as <c>DeviceImei</c>. The product's documentation does not say.</summary>
public enum DeviceImeiSource
{
    /// <summary>The device that the card is bound to.</summary>
    Binding,

    /// <summary>The device that the card was last seen in on the network, whatever it is now bound to.</summary>
    LastSeen,
}
