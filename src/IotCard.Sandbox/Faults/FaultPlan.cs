using System.Globalization;
using System.Text.Json.Serialization;

namespace IotCard.Sandbox.Faults;

/// <summary>
/// A sandbox's faults. For each request the first of these that applies is used: <see cref="ExpiredTokens"/>, the
/// script of the request's card, the general script, the rates. A request gets at most one fault.
/// </summary>
public sealed record FaultPlan
{
    /// <summary>No faults, an exact clock and a nonce memory that forgets nothing.</summary>
    public static FaultPlan None { get; } = new();

    /// <summary>
    /// The seed of all random choices, together with the request's nonce and how often that nonce has arrived: the same
    /// nonces get the same faults in any order.
    /// </summary>
    public int Seed { get; init; }

    /// <summary>The share of requests for each kind, 0 to 1; at most 1 in total.</summary>
    public IReadOnlyDictionary<FaultKind, double> Rates { get; init; } = new Dictionary<FaultKind, double>();

    /// <summary>
    /// The ICCIDs that <see cref="Rates"/> and <see cref="Upcoming"/> apply to; null (the default) = all, and requests
    /// without one.
    /// </summary>
    public IReadOnlyCollection<string>? Iccids { get; init; }

    /// <summary>
    /// The faults of the next requests, in order of arrival; <see cref="FaultKind.None"/> skips one. Details
    /// that are otherwise random are fixed here: the first one named in the kind's description.
    /// </summary>
    public IReadOnlyList<Fault> Upcoming { get; init; } = [];

    /// <summary>Like <see cref="Upcoming"/>, for the next requests with an ICCID.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<Fault>> UpcomingByCard { get; init; } =
        new Dictionary<string, IReadOnlyList<Fault>>(StringComparer.Ordinal);

    /// <summary>
    /// How long <see cref="FaultKind.DelayResponse"/> and <see cref="FaultKind.DelayRequest"/> take, by the sandbox's
    /// clock; 30 seconds by default.
    /// </summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The wait that a throttled client is asked for, 1 ms or more; 1 second by default.</summary>
    public TimeSpan Hint { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How the wait is reported; the seed chooses among several. By default only <see cref="ThrottlingHint.RetryAfter"/>.</summary>
    public IReadOnlyList<ThrottlingHint> Hints { get; init; } = [ThrottlingHint.RetryAfter];

    /// <summary>Whether the gateway remembers nonces, as it does by default. If not, a request sent twice may be executed twice.</summary>
    public bool NonceMemory { get; init; } = true;

    /// <summary>
    /// How far the gateway's clock is ahead of the sandbox's; negative = behind. It affects every time check and the
    /// <c>Date</c> header.
    /// </summary>
    public TimeSpan ClockSkew { get; init; }

    /// <summary>An additional skew for requests with <see cref="FaultKind.SkewedClock"/>; an hour by default.</summary>
    public TimeSpan StrayClockSkew { get; init; } = TimeSpan.FromHours(1);

    /// <summary>
    /// AccessKey IDs, and how many of the next requests with that key's security token are refused with <c>InvalidSecurityToken.Expired</c>.
    /// </summary>
    public IReadOnlyDictionary<string, int> ExpiredTokens { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>Whether it has no effect.</summary>
    [JsonIgnore]
    public bool IsEmpty =>
        Rates.Values.All(rate => rate <= 0) && Upcoming.Count == 0 && UpcomingByCard.Count == 0 && ExpiredTokens.Count == 0
        && NonceMemory && ClockSkew == TimeSpan.Zero;

    /// <summary>Creates a plan for the next requests, in order of arrival.</summary>
    /// <param name="faults">The faults.</param>
    /// <returns>The plan.</returns>
    public static FaultPlan Script(params IReadOnlyList<Fault> faults) => new() { Upcoming = faults };

    /// <summary>Creates a plan with one rate.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="rate">Its rate, 0 to 1.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>The plan.</returns>
    public static FaultPlan Create(FaultKind kind, double rate, int seed = 0) => new() { Seed = seed, Rates = new Dictionary<FaultKind, double> { [kind] = rate } };

    /// <summary>Creates a plan in which every kind of the given groups has the same rate.</summary>
    /// <param name="total">The share of requests with a fault of any kind, 0 to 1.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="groups">The groups; by default the faults of the network, the gateway and the service.</param>
    /// <returns>The plan.</returns>
    public static FaultPlan Mixed(double total, int seed = 0, FaultGroups groups = FaultGroups.Network)
    {
        var kinds = FaultKinds.In(groups);
        return new FaultPlan { Seed = seed, Rates = kinds.ToDictionary(kind => kind, _ => total / kinds.Length) };
    }

    /// <summary>Adds the faults of the next requests with an ICCID.</summary>
    /// <param name="iccid">The ICCID.</param>
    /// <param name="faults">The faults.</param>
    /// <returns>A new plan.</returns>
    public FaultPlan ForCard(string iccid, params IReadOnlyList<Fault> faults) => this with
    {
        UpcomingByCard = new Dictionary<string, IReadOnlyList<Fault>>(UpcomingByCard, StringComparer.Ordinal) { [iccid] = faults },
    };

    /// <summary>The plan's first error; null = none.</summary>
    internal string? Error()
    {
        foreach (var (kind, rate) in Rates)
        {
            if (!(rate is >= 0 and <= 1))
            {
                return string.Create(CultureInfo.InvariantCulture, $"The rate of {kind} is {rate}; a rate is a number from 0 to 1.");
            }
        }

        // Ten times a tenth is not exactly 1.
        if (Rates.Where(rate => rate.Key is not FaultKind.None).Sum(rate => rate.Value) > 1 + 1e-9)
        {
            return "The rates add up to more than 1, but a request has at most one fault.";
        }

        foreach (var fault in UpcomingByCard.Values.Prepend(Upcoming).SelectMany(faults => faults))
        {
            if (fault.Moment is { } moment && Array.IndexOf(FaultKinds.MomentsOf(fault.Kind), moment) < 0)
            {
                return $"{fault.Kind} cannot strike {moment}.";
            }
        }

        if (Delay < TimeSpan.Zero)
        {
            return "Delay is negative.";
        }

        if (Hint < TimeSpan.FromMilliseconds(1))
        {
            return "Hint is less than a millisecond.";
        }

        if (Hints.Count == 0)
        {
            return "Hints is empty; None is a hint.";
        }

        return ExpiredTokens.Values.Any(count => count < 0) ? "A count of ExpiredTokens is negative." : null;
    }
}
