using System.Globalization;
using IotCard.Client.Rules;
using IotCard.Client.Sanitizing;
using IotCard.Texts;

namespace IotCard;

/// <summary>A card, as described by <c>GetCardDetail</c>. What the response lacks is null. Times are the service's own texts.</summary>
public sealed class Card
{
    private static readonly Dictionary<string, string> StatusNames = new(StringComparer.Ordinal)
    {
        ["10"] = "Testable",
        ["20"] = "Unused",
        ["30"] = "InUse",
        ["35"] = "Stopped",
        ["40"] = "ShutDown",
        ["50"] = "Closed",
    };

    internal Card(string iccid, CardDetail detail, Text text)
    {
        Iccid = SafeText.Clean(iccid);
        Imei = SafeText.CleanCell(detail.DeviceImei);
        Status = detail.Status is { } status && StatusNames.TryGetValue(status, out var name) ? name : SafeText.CleanCell(detail.Status);
        StatusCode = ToNumber(detail.Status);
        StatusText = detail.Status is { } code ? text.Find("CardStatus_" + code) ?? SafeText.CleanCell(code) : null;
        StatusDetail = detail.OsStatus is { } osCode ? text.Find("CardStatusDetail_" + osCode) ?? text.Find("CardStatus_" + osCode) ?? SafeText.CleanCell(osCode) : null;
        StatusDetailCode = ToNumber(detail.OsStatus);
        Carrier = SafeText.CleanCell(detail.Vendor);
        Imsi = [.. (detail.Imsi ?? []).Select(static n => SafeText.CleanCell(n)!)];
        Msisdn = [.. (detail.Msisdn ?? []).Select(static n => SafeText.CleanCell(n)!)];
        OpenedAt = SafeText.CleanCell(detail.OpenAccountTime);
        ActivatedAt = SafeText.CleanCell(detail.ActiveTime);
        ExpiresAt = SafeText.CleanCell(detail.ExpireTime);
        DataUsed = SafeText.CleanCell(detail.PeriodAddFlow);
        DataLeft = SafeText.CleanCell(detail.PeriodRestFlow);
        Apn = SafeText.CleanCell(detail.ApnName);
        SimType = SafeText.CleanCell(detail.SimType);
        InstanceId = SafeText.CleanCell(detail.VsimInstanceId);
    }

    /// <summary>The card's ICCID, as requested.</summary>
    public string Iccid { get; }

    /// <summary>
    /// The IMEI that the service shows for the card (<c>DeviceImei</c>). The documentation does not say whether it is
    /// the binding or the device last seen on the network.
    /// </summary>
    public string? Imei { get; }

    /// <summary>
    /// The state by name: <c>Testable</c>, <c>Unused</c>, <c>InUse</c>, <c>Stopped</c>, <c>ShutDown</c>, <c>Closed</c>;
    /// its number if it is none of these.
    /// </summary>
    public string? Status { get; }

    /// <summary>The state by number: 10, 20, 30, 35, 40, 50.</summary>
    public int? StatusCode { get; }

    /// <summary>The state in the user's language.</summary>
    public string? StatusText { get; }

    /// <summary>The detailed state in the user's language; its number if it is not a documented one.</summary>
    public string? StatusDetail { get; }

    /// <summary>The detailed state by number (<c>OsStatus</c>).</summary>
    public int? StatusDetailCode { get; }

    /// <summary>The carrier: <c>CMCC</c>, <c>CUCC</c>, <c>CTCC</c> or <c>VNO</c>.</summary>
    public string? Carrier { get; }

    /// <summary>The card's IMSIs.</summary>
    public IReadOnlyList<string> Imsi { get; }

    /// <summary>The card's phone numbers.</summary>
    public IReadOnlyList<string> Msisdn { get; }

    /// <summary>When the account was opened, as the service writes it.</summary>
    public string? OpenedAt { get; }

    /// <summary>When the card was activated, as the service writes it.</summary>
    public string? ActivatedAt { get; }

    /// <summary>When the card expires, as the service writes it.</summary>
    public string? ExpiresAt { get; }

    /// <summary>The data used in the current period, with its unit.</summary>
    public string? DataUsed { get; }

    /// <summary>The data left in the current period, with its unit.</summary>
    public string? DataLeft { get; }

    /// <summary>The access point.</summary>
    public string? Apn { get; }

    /// <summary>The card's form.</summary>
    public string? SimType { get; }

    /// <summary>The card's instance id, which helps to find it once it is closed.</summary>
    public string? InstanceId { get; }

    /// <summary>The card and its state.</summary>
    /// <returns>Such as <c>89860… InUse</c>.</returns>
    public override string ToString() => $"{Iccid} {Status}";

    private static int? ToNumber(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
