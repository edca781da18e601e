using IotCard.Client.Cards;
using IotCard.Client.Credentials;
using IotCard.Client.Journaling;
using IotCard.Client.Rules;
using IotCard.Client.Running;
using IotCard.Client.Sending;
using IotCard.Client.Service;
using IotCard.Client.Signing;
using IotCard.Client.Tests.Chaos;

namespace IotCard.Client.Tests.Simulation;

/// <summary>
/// A list that is run again and again with one journal: one seed, one thread, a clock, a network and a disk of its own. A
/// run may die at any step, with the power or without, or be stopped; the next one may have other parameters.
/// </summary>
internal sealed class SimulatedRun : IDisposable
{
    private const int MaximumSessions = 5;
    private const int MaximumSteps = 200_000;

    /// <summary>Longer than any flush of the disk takes.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromMilliseconds(200);

    private readonly Random _random;
    private readonly SimulatedTime _time = new();
    private readonly SimulatedGateway _gateway;
    private readonly SimulatedNetwork _network;
    private readonly SimulatedFile _file = new();
    private readonly List<BindingRow> _list = [];
    private readonly Dictionary<string, int> _executedBefore = new(StringComparer.Ordinal);

    /// <summary>Operations of which the run that died knew for a while that they had not been carried out.</summary>
    private HashSet<string> _knownNotExecuted = [];

    private SimulatedRun(int seed)
    {
        _random = new Random(seed);
        _gateway = new SimulatedGateway(_time, _random);
        _network = new SimulatedNetwork(_time, _random, _gateway);
        MakeList();
    }

    internal SimulationCounts Counts { get; } = new();

    /// <summary>Runs everything that follows from a seed.</summary>
    internal static SimulationCounts Run(int seed)
    {
        using var simulated = new SimulatedRun(seed);
        var sessions = simulated._random.Next(1, MaximumSessions + 1);
        for (var session = 1; session <= sessions; session++)
        {
            simulated.RunOnce(session, isLast: session == sessions);
        }

        simulated.Counts.Faults = simulated._network.Faults;
        return simulated.Counts;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static string Key(BindingRow row) => $"{row.Iccid} {row.Imei} {row.NewImei}";

    /// <summary>Rebinds of some cards, several for one card and for one device, there and back; now and then one that is refused.</summary>
    private void MakeList()
    {
        var cards = _random.Next(1, 7);
        for (var card = 0; card < cards; card++)
        {
            var device = card;
            _gateway.Register(SyntheticNumbers.Iccid(card), SyntheticNumbers.Imei(device));
            var steps = _random.Next(1, 4);
            for (var step = 0; step < steps; step++)
            {
                var next = step == 1 && _random.Next(2) == 0 ? card : 10 + (card * 3) + step;
                var from = _random.Next(8) == 0 ? 99 : device;
                if (from != next && !_list.Exists(r => Key(r) == $"{SyntheticNumbers.Iccid(card)} {SyntheticNumbers.Imei(from)} {SyntheticNumbers.Imei(next)}"))
                {
                    _list.Add(BindingRow.Rebind(SyntheticNumbers.Iccid(card), SyntheticNumbers.Imei(from), SyntheticNumbers.Imei(next)));
                }

                device = next;
            }
        }
    }

    private void RunOnce(int session, bool isLast)
    {
        _network.Trouble = isLast && _random.Next(2) == 0 ? 0 : _random.NextDouble() * 0.4;
        _gateway.Trouble = _network.Trouble / 2;
        _gateway.ThrottlesInTurn = _random.Next(6) == 0;
        _network.Refusal = _random.Next(6) == 0
            ? (_time.GetUtcNow().AddSeconds(_random.Next(1, 300)), _random.Next(3) switch { 0 => HttpRequestError.ProxyTunnelError, 1 => HttpRequestError.SecureConnectionError, _ => HttpRequestError.NameResolutionError })
            : default;
        _network.Left.Clear();
        _network.Answered.Clear();
        _network.Requests.Clear();
        _executedBefore.Clear();
        foreach (var row in _list)
        {
            _executedBefore[Key(row)] = _gateway.Executed(Key(row));
        }

        var width = _random.Next(1, 9);
        var credential = new Credential(_random.Next(8) == 0 ? "other" : "id", "secret", _random.Next(8) == 0 ? "token" : null);
        using var inFlight = new CancellationTokenSource();
        using var transport = new ServiceTransport(_network.Connect, _time, TimeSpan.FromSeconds(10));
        using var sender = new OperationSender(
            new SenderOptions
            {
                SignatureMethod = _random.Next(8) == 0 ? SignatureMethod.HmacSha1 : SignatureMethod.Acs3HmacSha256,
                MaximumInFlight = width,
                Clock = _time,
                Nonces = new SeededNonces(session),
                Jitter = () => _random.NextDouble(),
                OutageTimeout = TimeSpan.FromSeconds(_random.Next(4) == 0 ? 0 : 60),
                InFlight = inFlight.Token,
            },
            new StaticCredentialProvider(credential),
            transport);
        var journal = Journal.Open(new JournalFile(_file), new JournalJob(BindingOperation.Rebind, BindingApi.DefaultEndpoint), _time, isAutomatic: true);
        _file.FailsToFlush = false;
        _file.Flush();
        var failsToFlush = _file.FailsToFlush = _random.Next(12) == 0;
        var recording = new SimulatedJournal(_time, _file, journal, TimeSpan.FromMilliseconds(_random.Next(1, 20)));
        var run = new BindingRun(sender, new RunOptions
        {
            ThrottleLimit = width,
            MaximumFailureCount = _random.Next(6) == 0 ? 2 : null,
            StartWork = (work, state) => _time.After(TimeSpan.Zero, () => work(state)),
        });
        var rows = Add(run, recording);
        var results = new List<Row>();
        var (diesAt, stopsAt) = (isLast || _random.Next(3) == 0 ? int.MaxValue : _random.Next(1, 80), _random.Next(6) == 0 ? _random.Next(1, 60) : int.MaxValue);
        void Drain()
        {
            while (run.TryDequeue(out var result))
            {
                results.Add(result);
            }
        }

        for (var step = 0; !run.IsEmpty; step++)
        {
            Drain();
            if (step == stopsAt)
            {
                run.Stop();
                _time.After(TimeSpan.FromSeconds(2), inFlight.Cancel);
            }

            if (step == diesAt || step == MaximumSteps || (!run.IsEmpty && !_time.TryStep()))
            {
                break;
            }
        }

        Drain();
        var isDead = !run.IsEmpty;
        Counts.Lost += isDead && diesAt == int.MaxValue ? 1 : 0;
        Counts.Lost += !isDead && results.Count != _list.Count ? 1 : 0;
        Counts.Died += isDead ? 1 : 0;
        Counts.Operations += isLast ? _list.Count : 0;
        Examine(results, rows);
        _knownNotExecuted = [.. _network.Requests
            .Where(r => isDead && !failsToFlush && r.Value.Open == 0 && _time.GetUtcNow() - r.Value.Since > Settled && !rows[r.Key].IsInDoubt)
            .Select(static r => r.Key)];
        _time.Die();
        _file.Cut(_random.Next(2) == 0 ? 0 : _random.NextDouble());
        _time.Pass(TimeSpan.FromSeconds(_random.Next(4) == 0 ? _random.Next(600, 2000) : _random.Next(0, 60)));
        Twice();
    }

    /// <summary>Plans each row by its record and adds it.</summary>
    private Dictionary<string, RecordedRow> Add(BindingRun run, SimulatedJournal recording)
    {
        var claimed = new List<Row>();
        for (var i = 0; i < _list.Count; i++)
        {
            var at = i;
            claimed.Add(new Row(_list[i]) { Record = recording.Claim(_list[i], () => RequireOrder(claimed, at)) });
        }

        var recorded = claimed.ToDictionary(static row => Key(row.Binding), static row => row.Record!.Recorded);
        foreach (var row in claimed)
        {
            var known = row.Record!.Recorded;
            row.Decision = JournalRules.Decide(known, _time.GetUtcNow(), retriesUnknown: false);
            if (row.Decision.Action is RowAction.AlreadyDone or RowAction.Unknown)
            {
                row.Outcome = known.OpenIntent is null ? known.Outcome : RowOutcome.Unknown(row.Binding, OutcomeCode.Interrupted);
                row.IsFromJournal = true;
            }
            else if (row.Decision.Action == RowAction.Refuse)
            {
                row.Outcome = RowOutcome.NotSent(row.Binding, row.Decision.Code!, _time.GetUtcNow());
            }

            run.Add(row);
        }

        return recorded;
    }

    /// <summary>No intent before every earlier row with the same card or device is settled.</summary>
    private void RequireOrder(List<Row> rows, int at)
    {
        _network.Count(Key(_list[at]), change: 0);
        for (var i = 0; i < at; i++)
        {
            Counts.OutOfOrder += rows[i].Outcome is null && Shares(rows[i].Binding, rows[at].Binding) ? 1 : 0;
        }
    }

    private static bool Shares(BindingRow one, BindingRow other) =>
        one.Iccid == other.Iccid || one.Imei == other.Imei || one.NewImei == other.NewImei || one.Imei == other.NewImei || one.NewImei == other.Imei;

    private void Examine(List<Row> results, Dictionary<string, RecordedRow> recorded)
    {
        foreach (var row in results)
        {
            var key = Key(row.Binding);
            var executed = _gateway.Executed(key);
            switch (row.Outcome!.Status)
            {
                case OutcomeStatus.Succeeded when executed != 1:
                case OutcomeStatus.Failed when executed != 0 && row.Outcome.Code != OutcomeCode.CardChangedSince:
                    Counts.Contradict($"{row.Outcome.Status} {row.Outcome.Code} {row.Outcome.Reason}, executed {executed} ({_executedBefore[key]} before): {key}");
                    break;
                case OutcomeStatus.Unknown:
                    Counts.Unknown++;
                    var hasLeft = _network.Left.Contains(key);
                    var isNeedless = _network.Answered.Contains(key)
                        || (!hasLeft && (!recorded[key].IsInDoubt || _knownNotExecuted.Contains(key)));
                    Counts.Needless += isNeedless ? 1 : 0;
                    break;
            }
        }
    }

    private void Twice()
    {
        Counts.Twice = Math.Max(Counts.Twice, _list.Count(row => _gateway.Executed(Key(row)) > 1));
    }
}
