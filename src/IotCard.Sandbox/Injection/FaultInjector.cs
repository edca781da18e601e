using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using IotCard.Sandbox.Faults;
using IotCard.Sandbox.Gateway;
using IotCard.Sandbox.Wire;

namespace IotCard.Sandbox.Injection;

/// <summary>Chooses the fault, if any, for each request according to a <see cref="FaultPlan"/>.</summary>
internal sealed class FaultInjector
{
    private readonly IReadOnlyCollection<SandboxAccessKey> _accessKeys;
    private readonly NonceArrivals _arrivals;
    private readonly (FaultKind Kind, double UpTo)[] _rates;
    private readonly HashSet<string>? _iccids;
    private readonly ConcurrentQueue<Fault> _upcoming;
    private readonly Dictionary<string, ConcurrentQueue<Fault>> _upcomingByCard;
    private readonly Dictionary<string, StrongBox<int>> _expiredTokens;

    /// <param name="plan">A valid plan.</param>
    /// <param name="accessKeys">The accepted AccessKeys.</param>
    /// <param name="clock">The sandbox's clock.</param>
    public FaultInjector(FaultPlan plan, IReadOnlyCollection<SandboxAccessKey> accessKeys, TimeProvider clock)
    {
        Plan = plan;
        _accessKeys = accessKeys;
        _arrivals = new NonceArrivals(clock);
        _rates = Accumulate(plan.Rates);
        _iccids = plan.Iccids?.ToHashSet(StringComparer.Ordinal);
        _upcoming = new ConcurrentQueue<Fault>(plan.Upcoming);
        _upcomingByCard = plan.UpcomingByCard.ToDictionary(card => card.Key, card => new ConcurrentQueue<Fault>(card.Value), StringComparer.Ordinal);
        _expiredTokens = plan.ExpiredTokens.ToDictionary(token => token.Key, token => new StrongBox<int>(token.Value), StringComparer.Ordinal);
    }

    public FaultPlan Plan { get; }

    public DrawnFault Draw(WireRequest request)
    {
        if (SignedCall.NonceOf(request) is not { } nonce)
        {
            return default;
        }

        var token = SignedCall.TokenOf(request);
        if (token is not null && TakesFromExpired(token))
        {
            return new DrawnFault(FaultKind.ExpiredToken, FaultMoment.OnArrival, FaultRandom.Fixed);
        }

        var drawn = DrawAny(request["Iccid"], nonce);
        return drawn.Kind switch
        {
            FaultKind.ExpiredToken when token is null => default,
            FaultKind.OkWithoutResult or FaultKind.OkButNotDone or FaultKind.LowerCaseOk when SignedCall.ActionOf(request) is not ActionCatalog.BindingAction => default,
            _ => drawn,
        };
    }

    private DrawnFault DrawAny(string? iccid, string nonce)
    {
        if (iccid is not null && _upcomingByCard.TryGetValue(iccid, out var ofCard) && ofCard.TryDequeue(out var fault))
        {
            return Scripted(fault);
        }

        if (_iccids is not null && (iccid is null || !_iccids.Contains(iccid)))
        {
            return default;
        }

        if (_upcoming.TryDequeue(out fault))
        {
            return Scripted(fault);
        }

        if (_rates.Length == 0)
        {
            return default;
        }

        var random = FaultRandom.For(Plan.Seed, nonce, _arrivals.Count(nonce));
        var share = random.Share();
        foreach (var (kind, upTo) in _rates)
        {
            if (share < upTo)
            {
                return new DrawnFault(kind, random.Choose(1, FaultKinds.MomentsOf(kind)), random);
            }
        }

        return default;
    }

    private static DrawnFault Scripted(Fault fault) => new(fault.Kind, fault.Moment ?? FaultKinds.MomentsOf(fault.Kind)[0], FaultRandom.Fixed);

    private bool TakesFromExpired(string token)
    {
        if (_expiredTokens.Count == 0)
        {
            return false;
        }

        foreach (var key in _accessKeys)
        {
            if (string.Equals(key.SecurityToken, token, StringComparison.Ordinal)
                && _expiredTokens.TryGetValue(key.Id, out var left)
                && Volatile.Read(ref left.Value) > 0
                && Interlocked.Decrement(ref left.Value) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    // In the order of the kinds, because a dictionary has no defined order.
    private static (FaultKind Kind, double UpTo)[] Accumulate(IReadOnlyDictionary<FaultKind, double> rates)
    {
        var sum = 0.0;
        return [.. FaultKinds.All.Where(kind => rates.GetValueOrDefault(kind) > 0).Select(kind => (kind, sum += rates[kind]))];
    }
}
