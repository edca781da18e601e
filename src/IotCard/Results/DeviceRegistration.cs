using IotCard.Client.Sanitizing;

namespace IotCard;

/// <summary>The result of uploading a device.</summary>
public sealed class DeviceRegistration
{
    internal DeviceRegistration(string imei, string? deviceType, string? comments, bool isDone, string code, string? message, string? requestId)
    {
        Imei = SafeText.Clean(imei);
        DeviceType = SafeText.Clean(deviceType);
        Comments = SafeText.Clean(comments);
        Outcome = isDone ? "Succeeded" : "Failed";
        Code = SafeText.CleanCell(code)!;
        Message = SafeText.CleanCell(message);
        RequestId = SafeText.CleanCell(requestId);
    }

    /// <summary>The device's IMEI.</summary>
    public string Imei { get; }

    /// <summary>The device type that was given.</summary>
    public string? DeviceType { get; }

    /// <summary>The comments that were given.</summary>
    public string? Comments { get; }

    /// <summary><c>Succeeded</c> or <c>Failed</c>. Uploading a device again does no harm, so there is no Unknown.</summary>
    public string Outcome { get; }

    /// <summary><c>OK</c>, or the code of the error.</summary>
    public string Code { get; }

    /// <summary>What happened, as text.</summary>
    public string? Message { get; }

    /// <summary>The request's id, for support tickets.</summary>
    public string? RequestId { get; }

    /// <summary>The device and the outcome.</summary>
    /// <returns>Such as <c>490154203237518 Succeeded</c>.</returns>
    public override string ToString() => $"{Imei} {Outcome}";
}
