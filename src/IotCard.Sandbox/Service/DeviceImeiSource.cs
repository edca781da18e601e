namespace IotCard.Sandbox.Service;

/// <summary>What <c>GetCardDetail</c> reports as <c>DeviceImei</c>. The product's documentation does not say which it is.</summary>
public enum DeviceImeiSource
{
    /// <summary>The device that the card is bound to.</summary>
    Binding,

    /// <summary>The device that the card was last seen in on the network, whatever it is bound to by now.</summary>
    LastSeen,
}
