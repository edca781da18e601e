namespace IotCard.Client.Rules;

/// <summary>A card, as described by <c>GetCardDetail</c>. What the response lacks is null; all text is safe to show.</summary>
internal sealed class CardDetail
{
    public string? Iccid { get; set; }

    /// <summary>An IMEI of the card's device. The documentation does not say whether it is the binding or the device last seen.</summary>
    public string? DeviceImei { get; set; }

    /// <summary>The state: 10 testable, 20 unused, 30 in use, 35 stopped, 40 shut down, 50 closed.</summary>
    public string? Status { get; set; }

    /// <summary>The detailed state.</summary>
    public string? OsStatus { get; set; }

    /// <summary>The carrier: <c>CMCC</c>, <c>CUCC</c>, <c>CTCC</c> or <c>VNO</c>.</summary>
    public string? Vendor { get; set; }

    public string[]? Imsi { get; set; }

    public string[]? Msisdn { get; set; }

    public string? ActiveTime { get; set; }

    public string? OpenAccountTime { get; set; }

    public string? ExpireTime { get; set; }

    public string? CertifyStatus { get; set; }

    public string? ApnName { get; set; }

    public string? Period { get; set; }

    /// <summary>The data used in the period.</summary>
    public string? PeriodAddFlow { get; set; }

    /// <summary>The data left in the period.</summary>
    public string? PeriodRestFlow { get; set; }

    public string? DataType { get; set; }

    public string? SimType { get; set; }

    public string? VsimInstanceId { get; set; }

    public bool? AutoRebindReuse { get; set; }
}
