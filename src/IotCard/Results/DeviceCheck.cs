using IotCard.Client.Sanitizing;

namespace IotCard;

/// <summary>Whether the service knows a device, that is, whether it was uploaded.</summary>
public sealed class DeviceCheck
{
    internal DeviceCheck(string imei, bool isKnown, string? requestId)
    {
        Imei = SafeText.Clean(imei);
        IsKnown = isKnown;
        RequestId = SafeText.CleanCell(requestId);
    }

    /// <summary>The device's IMEI.</summary>
    public string Imei { get; }

    /// <summary>Whether the service knows it.</summary>
    public bool IsKnown { get; }

    /// <summary>The request's id, for support tickets.</summary>
    public string? RequestId { get; }

    /// <summary>The device and whether it is known.</summary>
    /// <returns>Such as <c>490154203237518 True</c>.</returns>
    public override string ToString() => $"{Imei} {IsKnown}";
}
