namespace IotCard.Sandbox.Cards;

/// <summary>A card of the <see cref="Fleet"/>.</summary>
/// <param name="iccid">The ICCID, which is case-sensitive.</param>
/// <param name="imei">The IMEI of the device that it is bound to; null = not bound.</param>
public sealed class Card(string iccid, string? imei)
{
    private readonly CardStatus _status = CardStatus.InUse;
    private readonly int? _osStatus;
    private volatile string? _imei = imei;
    private volatile string? _lastSeenImei = imei;
    private volatile bool _closed;

    /// <summary>The ICCID.</summary>
    public string Iccid { get; } = iccid ?? throw new ArgumentNullException(nameof(iccid));

    /// <summary>The IMEI of the device that the card is bound to; null once it is unbound.</summary>
    public string? Imei => _imei;

    /// <summary>
    /// The IMEI of the device that the card was last seen in on the network; initially the one that it is bound to. A
    /// rebind does not move a card: this changes only if it is set.
    /// </summary>
    public string? LastSeenImei
    {
        get => _lastSeenImei;
        set => _lastSeenImei = value;
    }

    /// <summary>Whether the card's account is closed. Unbinding closes it for good.</summary>
    public bool Closed
    {
        get => _closed;
        init => _closed = value;
    }

    /// <summary>
    /// The card's state, <see cref="CardStatus.InUse"/> by default and <see cref="CardStatus.Closed"/> once its account
    /// is closed. It is only reported; it does not affect what the card accepts.
    /// </summary>
    public CardStatus Status
    {
        get => _closed ? CardStatus.Closed : _status;
        init
        {
            _status = value;
            _closed = value is CardStatus.Closed;
        }
    }

    /// <summary>The detailed state (<c>OsStatus</c>); by default the plainest one for <see cref="Status"/>.</summary>
    public int OsStatus
    {
        get => _closed ? (int)CardStatus.Closed : _osStatus ?? _status switch
        {
            CardStatus.InUse => 100,
            CardStatus.Stopped => 200,
            var other => (int)other,
        };
        init => _osStatus = value;
    }

    /// <summary>The carrier: <c>CMCC</c>, <c>CUCC</c>, <c>CTCC</c> or <c>VNO</c>; by default according to the ICCID's prefix.</summary>
    public string Vendor { get; init; } = VendorOf(iccid);

    /// <summary>When the account was opened, in the service's local time.</summary>
    public DateTime OpenAccountTime { get; init; } = new(2021, 6, 1, 9, 0, 0, DateTimeKind.Unspecified);

    /// <summary>When the card was activated; null if it was not.</summary>
    public DateTime? ActiveTime
    {
        get => _status is CardStatus.Testable or CardStatus.Unused ? null : field;
        init;
    } = new DateTime(2021, 6, 15, 14, 30, 0, DateTimeKind.Unspecified);

    /// <summary>When the card expires.</summary>
    public DateTime ExpireTime { get; init; } = new(2031, 6, 1, 0, 0, 0, DateTimeKind.Unspecified);

    /// <summary>Data used in the current period, in MB.</summary>
    public decimal UsedMegabytes { get; init; } = 12.5m;

    /// <summary>Data left in the current period, in MB.</summary>
    public decimal RemainingMegabytes { get; init; } = 17.5m;

    /// <summary>
    /// An error that this card returns instead of the proper result; null = none.
    /// <see cref="ServiceError.UnbindFailed"/> and <see cref="ServiceError.RebindFailed"/> affect only the operation of that name.
    /// </summary>
    public ServiceError? ProvokedFailure { get; init; }

    /// <summary>The card's id in the successor product (<c>VsimInstanceId</c>): derived from the ICCID, always the same.</summary>
    public long InstanceId { get; } = InstanceIdOf(iccid);

    internal bool IsBoundTo(string imei) => !_closed && string.Equals(_imei, imei, StringComparison.Ordinal);

    internal void Bind(string imei) => _imei = imei;

    internal void Close()
    {
        _closed = true;
        _imei = null;
    }

    private static string VendorOf(string? iccid) => iccid?.Length > 6 ? iccid[..6] switch
    {
        "898600" or "898602" or "898604" or "898607" or "898608" => "CMCC",
        "898601" or "898606" or "898609" => "CUCC",
        "898603" or "898611" => "CTCC",
        _ => "VNO",
    } : "VNO";

    private static long InstanceIdOf(string? iccid)
    {
        // FNV-1a: a string's own hash code differs from process to process.
        var hash = 2166136261u;
        foreach (var c in iccid ?? "")
        {
            hash = (hash ^ c) * 16777619u;
        }

        return 100_000_000 + (hash % 900_000_000);
    }
}
