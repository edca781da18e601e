namespace IotCard;

/// <summary>What became of a device that was to be uploaded.</summary>
public sealed class DeviceRegistration
{
    internal DeviceRegistration(string imei, string? deviceType, string? comments, bool isDone, string code, string? message, string? requestId)
    {
        Imei = imei;
        DeviceType = deviceType;
        Comments = comments;
        Outcome = isDone ? "Succeeded" : "Failed";
        Code = code;
        Message = message;
        RequestId = requestId;
    }

    /// <summary>The device's IMEI.</summary>
    public string Imei { get; }

    /// <summary>The device type that was given.</summary>
    public string? DeviceType { get; }

    /// <summary>The comments that were given.</summary>
    public string? Comments { get; }

    /// <summary><c>Succeeded</c> or <c>Failed</c>. Uploading a device again does no harm, so nothing is ever in doubt.</summary>
    public string Outcome { get; }

    /// <summary><c>OK</c>, or the code of the error.</summary>
    public string Code { get; }

    /// <summary>What happened, in words.</summary>
    public string? Message { get; }

    /// <summary>The request's id, for support tickets.</summary>
    public string? RequestId { get; }

    /// <summary>Names the device and the outcome.</summary>
    /// <returns>Such as <c>490154203237518 Succeeded</c>.</returns>
    public override string ToString() => $"{Imei} {Outcome}";
}
