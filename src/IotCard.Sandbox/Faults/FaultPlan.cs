using System.Globalization;
using System.Text.Json.Serialization;

namespace IotCard.Sandbox;

/// <summary>
/// The faults of a sandbox. For each request it takes the first of these that has something to say: <see cref="ExpiredTokens"/>,
/// the script of the request's card, the general script, the rates. One fault at the most strikes a request.
/// </summary>
public sealed record FaultPlan
{
    /// <summary>No faults, an exact clock and a nonce memory that forgets nothing.</summary>
    public static FaultPlan None { get; } = new();

    /// <summary>
    /// What every draw is derived from, together with the request's nonce and the how-many-th arrival of that nonce it
    /// is: the same nonces meet the same faults in whatever order they come.
    /// </summary>
    public int Seed { get; init; }

    /// <summary>The share of requests that a kind strikes, 0 to 1; all together at most 1.</summary>
    public IReadOnlyDictionary<FaultKind, double> Rates { get; init; } = new Dictionary<FaultKind, double>();

    /// <summary>The ICCIDs that <see cref="Rates"/> and <see cref="Upcoming"/> concern; null (the default) = all, and requests without one.</summary>
    public IReadOnlyCollection<string>? Iccids { get; init; }

    /// <summary>
    /// The faults of the next requests, in the order in which they arrive; <see cref="FaultKind.None"/> lets one by. What
    /// a kind leaves to the seed is not drawn for these: they take what the kind's description names first.
    /// </summary>
    public IReadOnlyList<Fault> Upcoming { get; init; } = [];

    /// <summary>The same, for the next requests with an ICCID.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<Fault>> UpcomingByCard { get; init; } =
        new Dictionary<string, IReadOnlyList<Fault>>(StringComparer.Ordinal);

    /// <summary>How long <see cref="FaultKind.DelayResponse"/> and <see cref="FaultKind.DelayRequest"/> take, by the sandbox's clock; 30 seconds by default.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The wait that a throttled client is told, from 1 ms on; 1 second by default.</summary>
    public TimeSpan Hint { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How it is told; where there are several, the seed decides. By default <see cref="ThrottlingHint.RetryAfter"/> alone.</summary>
    public IReadOnlyList<ThrottlingHint> Hints { get; init; } = [ThrottlingHint.RetryAfter];

    /// <summary>Whether the gateway remembers nonces, as it does by default. Without, a request sent twice is carried out twice if it can be.</summary>
    public bool NonceMemory { get; init; } = true;

    /// <summary>How far the gateway's clock is ahead of the sandbox's, in whole; negative = behind. It shows in every check of a time and in the <c>Date</c> header.</summary>
    public TimeSpan ClockSkew { get; init; }

    /// <summary>The same, on top of it, for requests that <see cref="FaultKind.SkewedClock"/> strikes; an hour by default.</summary>
    public TimeSpan StrayClockSkew { get; init; } = TimeSpan.FromHours(1);

    /// <summary>
    /// AccessKey IDs, and how many of the next requests with that key's security token are refused with <c>InvalidSecurityToken.Expired</c>.
    /// </summary>
    public IReadOnlyDictionary<string, int> ExpiredTokens { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>Whether it changes nothing.</summary>
    [JsonIgnore]
    public bool IsEmpty =>
        Rates.Values.All(rate => rate <= 0) && Upcoming.Count == 0 && UpcomingByCard.Count == 0 && ExpiredTokens.Count == 0
        && NonceMemory && ClockSkew == TimeSpan.Zero;

    /// <summary>A plan of what happens to the next requests, in the order in which they arrive.</summary>
    /// <param name="faults">The faults.</param>
    /// <returns>The plan.</returns>
    public static FaultPlan Script(params IReadOnlyList<Fault> faults) => new() { Upcoming = faults };

    /// <summary>A plan with one rate.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="rate">Its rate, 0 to 1.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>The plan.</returns>
    public static FaultPlan Of(FaultKind kind, double rate, int seed = 0) => new() { Seed = seed, Rates = new Dictionary<FaultKind, double> { [kind] = rate } };

    /// <summary>A plan in which every kind has the same rate.</summary>
    /// <param name="total">The share of requests that meet a fault of any kind, 0 to 1.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>The plan.</returns>
    public static FaultPlan Mixed(double total, int seed = 0) => new()
    {
        Seed = seed,
        Rates = FaultKinds.All.ToDictionary(kind => kind, _ => total / FaultKinds.All.Length),
    };

    /// <summary>This plan, and what happens to the next requests with an ICCID.</summary>
    /// <param name="iccid">The ICCID.</param>
    /// <param name="faults">The faults.</param>
    /// <returns>Another plan.</returns>
    public FaultPlan ForCard(string iccid, params IReadOnlyList<Fault> faults) => this with
    {
        UpcomingByCard = new Dictionary<string, IReadOnlyList<Fault>>(UpcomingByCard, StringComparer.Ordinal) { [iccid] = faults },
    };

    /// <summary>What is wrong with it, in words; null = nothing.</summary>
    internal string? Error()
    {
        foreach (var (kind, rate) in Rates)
        {
            if (!(rate is >= 0 and <= 1))
                return string.Create(CultureInfo.InvariantCulture, $"The rate of {kind} is {rate}; a rate is a number from 0 to 1.");
        }

        // What ten rates of a tenth add up to is not exactly 1.
        if (Rates.Where(rate => rate.Key is not FaultKind.None).Sum(rate => rate.Value) > 1 + 1e-9)
            return "The rates add up to more than 1, and one fault at the most strikes a request.";
        foreach (var fault in UpcomingByCard.Values.Prepend(Upcoming).SelectMany(faults => faults))
        {
            if (fault.Moment is { } moment && Array.IndexOf(FaultKinds.MomentsOf(fault.Kind), moment) < 0)
                return $"{fault.Kind} cannot strike {moment}.";
        }

        if (Delay < TimeSpan.Zero)
            return "Delay is negative.";
        if (Hint < TimeSpan.FromMilliseconds(1))
            return "Hint is less than a millisecond.";
        if (Hints.Count == 0)
            return "Hints is empty; None is a hint.";
        return ExpiredTokens.Values.Any(count => count < 0) ? "A count of ExpiredTokens is negative." : null;
    }
}
