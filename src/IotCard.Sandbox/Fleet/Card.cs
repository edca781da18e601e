namespace IotCard.Sandbox;

/// <summary>A card of the <see cref="Fleet"/>.</summary>
/// <param name="iccid">Its ICCID; letter case counts.</param>
/// <param name="imei">The IMEI of the device that it is bound to; null = not bound.</param>
public sealed class Card(string iccid, string? imei)
{
    private volatile string? _imei = imei;
    private volatile bool _closed;

    /// <summary>The ICCID.</summary>
    public string Iccid { get; } = iccid ?? throw new ArgumentNullException(nameof(iccid));

    /// <summary>The IMEI of the device that the card is bound to now; null once it was unbound.</summary>
    public string? Imei => _imei;

    /// <summary>Whether the card's account is closed. Unbinding closes it, for good.</summary>
    public bool Closed
    {
        get => _closed;
        init => _closed = value;
    }

    /// <summary>
    /// An error that this card answers with, instead of what would be right; null = none.
    /// <see cref="ServiceError.UnbindFailed"/> and <see cref="ServiceError.RebindFailed"/> concern the operation of that name only.
    /// </summary>
    public ServiceError? ProvokedFailure { get; init; }

    internal bool IsBoundTo(string imei) => !_closed && string.Equals(_imei, imei, StringComparison.Ordinal);

    internal void Bind(string imei) => _imei = imei;

    internal void Close()
    {
        _closed = true;
        _imei = null;
    }
}
