namespace IotCard.Sandbox.Cards;

/// <summary>A device that was uploaded with <c>DoIotPostImei</c>.</summary>
/// <param name="Imei">Its IMEI.</param>
/// <param name="DeviceType">Its type, as free text; null if not given.</param>
/// <param name="Comments">The comment, as free text; null if not given.</param>
public sealed record UploadedDevice(string Imei, string? DeviceType, string? Comments);
