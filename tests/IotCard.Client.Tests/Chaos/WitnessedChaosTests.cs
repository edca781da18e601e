using IotCard.Client.Cards;
using IotCard.Client.Credentials;
using IotCard.Client.Journaling;
using IotCard.Client.Rules;
using IotCard.Client.Running;
using IotCard.Client.Sending;
using IotCard.Client.Service;
using IotCard.Client.Signing;
using IotCard.Client.Tests.Journaling;
using IotCard.Client.Tests.Running;
using IotCard.Proving;
using IotCard.Sandbox;
using static IotCard.Client.Tests.Chaos.WireEnd;
using Execution = IotCard.Sandbox.Logging.ProcessedOperation;

namespace IotCard.Client.Tests.Chaos;

/// <summary>
/// A run under mixed faults, in which each row is compared with the bytes on the wire, the sandbox's decisions, and the
/// journal. Some cards are rebound to the device they are already on, which the sandbox would execute any number of
/// times: for these, only the sending rules stand between a lost response and a second execution.
/// </summary>
[Trait("Category", "Chaos")]
public sealed class WitnessedChaosTests : IDisposable
{
    private const int Chains = 70;
    private const int Probes = 80;
    private const int FirstProbe = 1000;
    private const int FirstFailing = 2000;
    private const int LastCard = 3000;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public async Task Every_row_agrees_with_the_wire_the_sandbox_and_the_journal(int seed)
    {
        var twice = await RunAsync(seed, remembersNonces: true);

        Assert.Equal(0, twice);
    }

    /// <summary>
    /// If nothing stands between a resend and a second execution, some operations are executed twice: from one request,
    /// byte for byte, and with a result that is nevertheless right.
    /// </summary>
    [Fact]
    public async Task With_a_gateway_that_forgets_every_nonce_they_agree_too() => await RunAsync(13, remembersNonces: false);

    private async Task<int> RunAsync(int seed, bool remembersNonces)
    {
        var random = new Random(seed);
        using var clock = new WaitingClock();
        var rows = MakeRows(random);
        SandboxAccessKey[] keys =
        [
            new("key-1", "secret-1") { SecurityToken = "token-1", SecurityTokenExpires = clock.GetUtcNow() + TimeSpan.FromSeconds(20) },
            new("key-2", "secret-2") { SecurityToken = "token-2" },
            new("key-3", "secret-3") { SecurityToken = "token-3" },
        ];
        var credentials = new ExpiringCredentials([.. keys.Select(static k => new Credential(k.Id, k.Secret, k.SecurityToken))]);
        await using var sandbox = await SandboxService.StartAsync(
            new SandboxOptions { Fleet = MakeFleet(), Faults = MakeFaults(random, seed, remembersNonces), Clock = clock, AccessKeys = keys }, TestContext.Current.CancellationToken);
        clock.Follow(sandbox.Log);
        var witness = new WireWitness(clock.CreateHandler);

        var (results, recorded) = await RunAsync(rows, witness, sandbox.Endpoint, credentials, clock, seed);
        await WaitUntilIdleAsync(sandbox.Log);

        var executions = sandbox.Log.Operations.ToLookup(static e => (e.Iccid, e.Operation == CardOperation.Rebind, e.Imei, e.NewImei));
        List<Execution> DecidedOf(BindingRow row) => [.. executions[(row.Iccid, row.Operation == BindingOperation.Rebind, row.Imei, row.NewImei)]];
        int Executed(BindingRow row) => DecidedOf(row).Count(static e => e.Succeeded);
        var twice = rows.Count(row => Executed(row) > 1);
        var contradicted = results.Count(o => o.Status != OutcomeStatus.Unknown && Executed(o.Row) > 0 != (o.Status == OutcomeStatus.Succeeded));
        var unknown = results.Count(static o => o.Status == OutcomeStatus.Unknown);
        Proofs.Note($"chaos, witnessed{(remembersNonces ? string.Empty : ", no nonce memory")}: {rows.Count} operations, {sandbox.Log.FaultsTotal} faults, {twice} twice, {rows.Count - results.Count} lost, {contradicted} contradicted, {unknown} unknown");

        Assert.Equal(rows, results.Select(static o => o.Row));
        var untrue = results.Where(o => o.Status != OutcomeStatus.Unknown && Executed(o.Row) > 0 != (o.Status == OutcomeStatus.Succeeded));
        Assert.Empty(untrue.Select(o => $"{o.Status} {o.Code} {o.Attempts} {o.Row.Iccid}: {string.Join(' ', sandbox.Log.Injections.Where(i => i.Iccid == o.Row.Iccid).Select(static i => i.Kind))}; {string.Join(' ', witness.Ends.Where(e => e.Row == o.Row))}"));
        Assert.Empty(string.Join("\n", results.Select(Brief).Except(recorded.Select(Brief))));
        Assert.Equal(results.Count, recorded.Count);
        Assert.Equal(2, credentials.Renewals);

        var ends = witness.Ends.ToLookup(static e => e.Row);
        var struck = sandbox.Log.Injections.ToLookup(static i => i.Nonce, static i => i.Kind);
        Assert.All(results, outcome => AssertAsWitnessed(outcome, [.. ends[outcome.Row]]));
        Assert.All(rows, row => AssertDecidedOnce(DecidedOf(row), nonce => remembersNonces
            ? struck[nonce].Count(static kind => kind == FaultKind.ForgetNonce)
            : ends[row].Count(e => e.Nonce == nonce) - 1));
        AssertInOrder(results, DecidedOf);

        // If nothing was received, and the client had not waited long enough, there was a fault.
        Assert.All(witness.Ends.Where(static e => e.Kind == EndKind.NotReceived), e => Assert.NotEmpty(struck[e.Nonce]));
        return twice;
    }

    /// <summary>A row has the outcome that follows from its attempts, one after the other.</summary>
    private static void AssertAsWitnessed(RowOutcome outcome, List<WireEnd> ends)
    {
        var story = $"{outcome}: {string.Join("; ", ends)}";
        Assert.True(outcome.Attempts == ends.Count, story);
        if (ends.Count == 0)
        {
            Assert.True(outcome is { Status: OutcomeStatus.Failed, Code: OutcomeCode.PredecessorUnknown }, story);
            return;
        }

        // Signed anew as long as nothing was lost; after that, the same request. A response is not trusted if responses
        // were found to be out of step: its row may then be resent, unchanged, or stays Unknown.
        bool IsDisbelieved(int i) => ends[i].LeavesInDoubt
            || (i + 1 < ends.Count ? ends[i + 1].Nonce == ends[i].Nonce : outcome is { Status: OutcomeStatus.Unknown, Reason: "ResponseOutOfStep" });
        var firstLost = Enumerable.Range(0, ends.Count).Where(IsDisbelieved).DefaultIfEmpty(-1).First();
        var fresh = firstLost < 0 ? ends : ends[..(firstLost + 1)];
        Assert.True(fresh.Select(static e => e.Nonce).Distinct().Count() == fresh.Count, story);
        Assert.True(ends.Skip(fresh.Count).All(e => e.Nonce == fresh[^1].Nonce), story);

        var isInDoubt = ends.Count > fresh.Count;
        var expected = ends[^1] switch
        {
            _ when IsDisbelieved(ends.Count - 1) => OutcomeStatus.Unknown,
            { Code: "OK", IsDone: true } => OutcomeStatus.Succeeded,
            { Code: "OK", IsDone: null } => OutcomeStatus.Unknown,
            { Code: "OK" } => isInDoubt ? OutcomeStatus.Unknown : OutcomeStatus.Failed,
            { Code: "SignatureNonceUsed" } => OutcomeStatus.Unknown,
            { Code: "isv.SYSTEM_ERROR" } => OutcomeStatus.Unknown,
            { Code: not null and not "isv.ERROR_BIND_NOT_EXIST" } response when response.Code.StartsWith("isv.", StringComparison.Ordinal) => OutcomeStatus.Failed,
            _ => isInDoubt ? OutcomeStatus.Unknown : OutcomeStatus.Failed,
        };
        Assert.True(outcome.Status == expected, story);
    }

    /// <summary>At most one of a row's requests reached the service, and that only once, unless a gateway forgot it.</summary>
    private static void AssertDecidedOnce(List<Execution> decided, Func<string, int> timesForgotten)
    {
        var nonces = decided.Select(static e => e.Nonce).Distinct().ToList();
        Assert.True(nonces.Count <= 1, string.Join(' ', nonces));
        Assert.All(nonces, nonce => Assert.InRange(decided.Count, 1, 1 + timesForgotten(nonce)));
    }

    /// <summary>Rows that share a card or a device were decided in input order, as far as the earlier one was settled.</summary>
    private static void AssertInOrder(IReadOnlyList<RowOutcome> results, Func<BindingRow, List<Execution>> decidedOf)
    {
        var last = new Dictionary<string, long>();
        var compared = 0;
        foreach (var outcome in results)
        {
            if (decidedOf(outcome.Row) is not [{ Sequence: var sequence }, ..])
            {
                continue;
            }

            string[] shared = [outcome.Row.Iccid, outcome.Row.Imei, .. outcome.Row.NewImei is { } newImei ? [newImei] : Array.Empty<string>()];
            foreach (var key in shared.Distinct())
            {
                if (last.TryGetValue(key, out var before))
                {
                    Assert.True(before < sequence, $"{outcome.Row}: {sequence} before {before}");
                    compared++;
                }

                if (outcome.Status != OutcomeStatus.Unknown)
                {
                    last[key] = sequence;
                }
            }
        }

        Assert.True(compared > Chains, $"only {compared} to compare");
    }

    /// <summary>What a result and the journal must agree on. For a row that may be resent, the journal has only the request.</summary>
    private static string Brief(RowOutcome outcome) => outcome.MayBeResent || outcome.Reason == OutcomeCode.Interrupted
        ? $"{outcome.Row} {outcome.Status}"
        : $"{outcome.Row} {outcome.Status} {outcome.Code} {outcome.Reason} {outcome.Attempts}";

    private async Task<(List<RowOutcome> Results, List<RowOutcome> Recorded)> RunAsync(
        List<BindingRow> rows, WireWitness witness, Uri endpoint, ICredentialProvider credentials, TimeProvider clock, int seed)
    {
        var results = new List<RowOutcome>();
        var paths = new[] { _folder.Journal, _folder.Journal + "2" };
        using var transport = new ServiceTransport(witness.CreateHandler, clock, TimeSpan.FromSeconds(30));
        using var sender = new OperationSender(
            new SenderOptions { Endpoint = endpoint, Clock = clock, MaximumInFlight = 16, OutageTimeout = TimeSpan.FromMinutes(30), Nonces = new SeededNonces(seed), Jitter = static () => 0.5 }, credentials, transport);
        using var run = new BindingRun(sender, new RunOptions { ThrottleLimit = 16 });
        await using (var rebinds = await Journal.OpenAsync(paths[0], new JournalJob(BindingOperation.Rebind, endpoint)))
        await using (var unbinds = await Journal.OpenAsync(paths[1], new JournalJob(BindingOperation.Unbind, endpoint)))
        {
            foreach (var row in rows)
            {
                run.Add(row, (row.Operation == BindingOperation.Rebind ? rebinds : unbinds).Claim(row));
            }

            while (!run.IsEmpty)
            {
                await run.WaitForNextAsync().WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
                while (run.TryDequeue(out var result))
                {
                    results.Add(result.Outcome!);
                }
            }

            Assert.Null(run.JournalFailure);
            Assert.Null(run.AbortReason);
        }

        return (results, [.. paths.SelectMany(static path => JournalReader.Read(path).Outcomes)]);
    }

    /// <summary>Waits until everything that is held back has arrived too.</summary>
    private static async Task WaitUntilIdleAsync(ServiceLog log)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (log.InFlight > 0)
        {
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }

    private static Fleet MakeFleet() => new(
    [
        .. Enumerable.Range(0, Chains).Select(static i => Card(i)),
        .. Enumerable.Range(FirstProbe, Probes).Select(static i => Card(i)),
        .. ServiceError.All.Select(static (error, i) => new Card(SyntheticNumbers.Iccid(FirstFailing + i), SyntheticNumbers.Imei(FirstFailing + i)) { ProvokedFailure = error }),
        Card(LastCard),
        new Card(SyntheticNumbers.Iccid(LastCard + 1), imei: null) { Closed = true },
    ])
    {
        BlacklistedImeis = new HashSet<string> { SyntheticNumbers.Imei(LastCard + 2) },
    };

    /// <summary>Swaps and retirements, many for the same card or device, and some that the service refuses; no two alike.</summary>
    private static List<BindingRow> MakeRows(Random random)
    {
        var placed = new List<(double Place, BindingRow Row)>();
        for (var i = 0; i < Chains; i++)
        {
            // Every other card gets the device that the previous card has left.
            var (first, second, third) = (i, i % 2 == 1 ? i - 1 : Chains + i, (2 * Chains) + i);
            placed.Add((random.NextDouble(), Rebind(i, first, second)));
            placed.Add((random.NextDouble() + 1, random.Next(10) == 0 ? Rebind(i, first, third) : Rebind(i, second, third)));
            placed.Add((random.NextDouble() + 2, Unbind(i, random.Next(10) == 0 ? second : third)));
        }

        for (var i = FirstProbe; i < FirstProbe + Probes; i++)
        {
            placed.Add((random.NextDouble() * 3, Rebind(i, i, i)));
        }

        for (var i = FirstFailing; i < FirstFailing + ServiceError.All.Count; i++)
        {
            placed.Add((random.NextDouble() * 2, Rebind(i, i, i + 100)));
            placed.Add((2 + random.NextDouble(), Unbind(i, i)));
        }

        placed.Add((random.NextDouble(), Rebind(LastCard, LastCard, LastCard + 2)));
        placed.Add((random.NextDouble(), Unbind(LastCard + 1, LastCard + 1)));
        placed.Add((random.NextDouble(), Unbind(LastCard + 3, LastCard + 3)));
        placed.Add((9, Unbind(LastCard, LastCard)));
        return [.. placed.OrderBy(static p => p.Place).Select(static p => p.Row)];
    }

    /// <summary>
    /// Every kind of fault. A gateway that forgets a nonce may execute a probe twice, which no client can prevent; a
    /// token that expires twice in a row would end the run, so only the last row may get one at random. Throttling is
    /// rare, because it slows down the whole run.
    /// </summary>
    private static FaultPlan MakeFaults(Random random, int seed, bool remembersNonces)
    {
        // A shifted connection makes true responses look wrong, which this witness cannot detect; ShiftedConnectionTests can.
        // If a proxy sends a request twice, a gateway without memory answers twice, and only the second response is ever seen.
        FaultKind[] kinds =
        [
            .. Enum.GetValues<FaultKind>().Where(k =>
                k is not (FaultKind.None or FaultKind.ExpiredToken or FaultKind.ShiftedResponse) && (remembersNonces || k != FaultKind.DuplicateDelivery)),
        ];
        FaultKind[] ofProbes = [.. kinds.Where(static k => k != FaultKind.ForgetNonce && !IsThrottling(k))];
        var plan = new FaultPlan
        {
            Seed = seed,
            NonceMemory = remembersNonces,
            Rates = kinds.ToDictionary(static k => k, static k => IsThrottling(k) ? 0.002 : 0.016),
            Iccids = [.. Enumerable.Range(0, Chains).Concat(Enumerable.Range(FirstFailing, ServiceError.All.Count)).Select(SyntheticNumbers.Iccid)],
            Delay = TimeSpan.FromSeconds(45),
            Hint = TimeSpan.FromMilliseconds(500),
        };
        for (var i = FirstProbe; i < FirstProbe + Probes; i++)
        {
            plan = plan.ForCard(SyntheticNumbers.Iccid(i), [.. random.GetItems(ofProbes, random.Next(1, 4)).Select(static kind => new Fault(kind))]);
        }

        return plan.ForCard(SyntheticNumbers.Iccid(LastCard), FaultKind.None, FaultKind.ExpiredToken);
    }

    private static bool IsThrottling(FaultKind kind) => kind is FaultKind.Throttling or FaultKind.ThrottlingUser or FaultKind.ThrottlingApi;

    private static Card Card(int n) => new(SyntheticNumbers.Iccid(n), SyntheticNumbers.Imei(n));

    private static BindingRow Rebind(int card, int device, int newDevice) =>
        BindingRow.Rebind(SyntheticNumbers.Iccid(card), SyntheticNumbers.Imei(device), SyntheticNumbers.Imei(newDevice));

    private static BindingRow Unbind(int card, int device) => BindingRow.Unbind(SyntheticNumbers.Iccid(card), SyntheticNumbers.Imei(device));
}
