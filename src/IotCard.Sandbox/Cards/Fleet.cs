using System.Collections.Concurrent;
using System.Collections.Frozen;

namespace IotCard.Sandbox.Cards;

/// <summary>
/// A sandbox's cards, their bindings, and the devices that were uploaded: by default every well-formed IMEI except
/// those in <see cref="UnknownImeis"/>; with <see cref="RequiresUpload"/> only those of the cards and those uploaded
/// with <c>DoIotPostImei</c>. Safe for concurrent use.
/// </summary>
public sealed class Fleet
{
    private const int LockCount = 256;

    private readonly Dictionary<string, Card> _cards;
    private readonly ConcurrentDictionary<string, UploadedDevice> _uploads = new(StringComparer.Ordinal);
    private readonly Lazy<FrozenSet<string>> _initialImeis;
    private readonly Lock[] _locks = CreateLocks();

    /// <summary>Creates a fleet.</summary>
    /// <param name="cards">The cards, each ICCID once.</param>
    /// <exception cref="ArgumentException">An ICCID occurs twice.</exception>
    public Fleet(IEnumerable<Card> cards)
    {
        ArgumentNullException.ThrowIfNull(cards);
        _cards = new Dictionary<string, Card>(cards.TryGetNonEnumeratedCount(out var count) ? count : 0, StringComparer.Ordinal);
        foreach (var card in cards)
        {
            if (!_cards.TryAdd(card.Iccid, card))
            {
                throw new ArgumentException($"The ICCID {card.Iccid} occurs twice.", nameof(cards));
            }
        }

        var initial = _cards.Values.Select(card => card.Imei).OfType<string>().ToArray();
        _initialImeis = new Lazy<FrozenSet<string>>(() => initial.ToFrozenSet(StringComparer.Ordinal));
    }

    /// <summary>All cards.</summary>
    public IReadOnlyCollection<Card> Cards => _cards.Values;

    /// <summary>The number of cards.</summary>
    public int Count => _cards.Count;

    /// <summary>IMEIs that the service knows and refuses; none by default.</summary>
    public IReadOnlySet<string> BlacklistedImeis { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>IMEIs of devices that are not uploaded initially; none by default. <c>DoIotPostImei</c> uploads one.</summary>
    public IReadOnlySet<string> UnknownImeis { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>
    /// Whether a device must have been uploaded: then only the cards' initial devices and those uploaded with
    /// <c>DoIotPostImei</c> are known.
    /// </summary>
    public bool RequiresUpload { get; set; }

    /// <summary>The devices uploaded with <c>DoIotPostImei</c>; a snapshot.</summary>
    public IReadOnlyCollection<UploadedDevice> UploadedDevices => [.. _uploads.Values];

    /// <summary>Creates the sample fleet of the sandbox's documentation: healthy cards, and one for each error that a card can provoke.</summary>
    /// <returns>A new fleet in its initial state.</returns>
    public static Fleet Sample() => SampleFleet.Create();

    /// <summary>Reads a fleet from a CSV file with the columns <c>Iccid</c> and <c>Imei</c>.</summary>
    /// <param name="path">The file; UTF-8, with or without a byte order mark.</param>
    /// <returns>Active cards, each bound to its IMEI, or not bound if the cell is empty.</returns>
    /// <exception cref="InvalidDataException">A column is missing, an ICCID occurs twice, or a cell is invalid; the message names the line.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the file is denied.</exception>
    public static Fleet FromCsv(string path)
    {
        using var reader = new StreamReader(path);
        return new Fleet(FleetCsv.Read(reader));
    }

    /// <summary>Reads a fleet from CSV text with the columns <c>Iccid</c> and <c>Imei</c>.</summary>
    /// <param name="reader">The text, header line first. Column names are case-insensitive; other columns are ignored.</param>
    /// <returns>Active cards, each bound to its IMEI, or not bound if the cell is empty.</returns>
    /// <exception cref="InvalidDataException">A column is missing, an ICCID occurs twice, or a cell is invalid; the message names the line.</exception>
    public static Fleet FromCsv(TextReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return new Fleet(FleetCsv.Read(reader));
    }

    /// <summary>Creates a fleet of active cards.</summary>
    /// <param name="cards">ICCIDs, each once, and the IMEIs they are bound to. Not validated: a card may be bound to an ill-formed IMEI.</param>
    /// <returns>The fleet.</returns>
    /// <exception cref="ArgumentException">An ICCID occurs twice.</exception>
    public static Fleet FromCards(IEnumerable<(string Iccid, string Imei)> cards)
    {
        ArgumentNullException.ThrowIfNull(cards);
        return new Fleet(cards.Select(card => new Card(card.Iccid, card.Imei)));
    }

    /// <summary>
    /// Creates a fleet of active cards, always the same: card n has the ICCID <see cref="SyntheticNumbers.Iccid"/>(n)
    /// and is bound to <see cref="SyntheticNumbers.Imei"/>(n).
    /// </summary>
    /// <param name="count">The number of cards, 0 or more. New devices can be taken from <see cref="SyntheticNumbers.Imei"/>(count) on.</param>
    /// <returns>The fleet.</returns>
    public static Fleet Generate(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var cards = new Card[count];
        for (var i = 0; i < count; i++)
        {
            cards[i] = new Card(SyntheticNumbers.Iccid(i), SyntheticNumbers.Imei(i));
        }

        return new Fleet(cards);
    }

    /// <summary>Finds a card.</summary>
    /// <param name="iccid">The ICCID, which is case-sensitive.</param>
    /// <returns>The card; null if there is none.</returns>
    public Card? Find(string iccid) => _cards.GetValueOrDefault(iccid);

    /// <summary>Whether a device with this IMEI was uploaded. An ill-formed IMEI, that is, other than 14 to 16 ASCII digits, never is.</summary>
    /// <param name="imei">The IMEI.</param>
    /// <returns>True for a known device, blacklisted or not.</returns>
    public bool KnowsDevice(string imei)
    {
        ArgumentNullException.ThrowIfNull(imei);
        return IsWellFormedImei(imei)
            && (_uploads.ContainsKey(imei) || (RequiresUpload ? _initialImeis.Value.Contains(imei) : !UnknownImeis.Contains(imei)));
    }

    /// <summary>Uploads a device; repeating it replaces its texts.</summary>
    /// <returns>False if the IMEI is ill-formed.</returns>
    internal bool Upload(UploadedDevice device)
    {
        if (!IsWellFormedImei(device.Imei))
        {
            return false;
        }

        _uploads[device.Imei] = device;
        return true;
    }

    internal bool AcceptsDevice(string imei) => KnowsDevice(imei) && !BlacklistedImeis.Contains(imei);

    /// <summary>The lock that guards this card. A few are shared by all cards: one each would cost a large fleet its memory.</summary>
    internal Lock LockOf(Card card) => _locks[(uint)card.Iccid.GetHashCode(StringComparison.Ordinal) % LockCount];

    internal static bool IsWellFormedImei(string imei) => imei.Length is >= 14 and <= 16 && imei.All(char.IsAsciiDigit);

    private static Lock[] CreateLocks()
    {
        var locks = new Lock[LockCount];
        foreach (ref var one in locks.AsSpan())
        {
            one = new Lock();
        }

        return locks;
    }
}
