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

namespace IotCard.Client.Tests.Chaos;

/// <summary>
/// A list that is run again and again with one journal, each run stopped at a random moment, under faults of network
/// and middleboxes and an outage.
/// </summary>
[Trait("Category", "Chaos")]
public sealed class StoppedChaosTests : IDisposable
{
    private const int Cards = 300;
    private const int MaximumRuns = 12;

    private readonly TemporaryFolder _folder = new();
    private readonly WaitingClock _clock = new();

    public void Dispose()
    {
        _clock.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    public async Task Every_card_that_was_closed_is_reported_and_none_is_closed_twice(int seed)
    {
        var random = new Random(seed);
        await using var sandbox = await SandboxService.StartAsync(
            new SandboxOptions
            {
                Fleet = Fleet.Generate(Cards),
                Faults = FaultPlan.Mixed(0.25, seed, FaultGroups.All) with { Delay = TimeSpan.FromSeconds(45), Hint = TimeSpan.FromMilliseconds(500) },
                Outage = new IotCard.Sandbox.Faults.Outage { Kind = OutageKind.Reset, AfterExecuted = 80, Attempts = 30 },
                Clock = _clock,
            },
            TestContext.Current.CancellationToken);
        _clock.Follow(sandbox.Log);
        var rows = Enumerable.Range(0, Cards).Select(static i => BindingRow.Unbind(SyntheticNumbers.Iccid(i), SyntheticNumbers.Imei(i))).ToArray();
        var reported = new Dictionary<string, RowOutcome>();

        var runs = 0;
        var isStopped = true;
        while (isStopped && runs++ < MaximumRuns)
        {
            var stopsAfter = runs < MaximumRuns - 1 ? random.Next(5, 60) : int.MaxValue;
            (var results, isStopped) = await RunAsync(sandbox.Endpoint, rows, stopsAfter, seed + (100 * runs));
            foreach (var outcome in results)
            {
                reported[outcome.Row.Iccid] = outcome;
            }
        }

        var recorded = JournalReader.Read(_folder.Journal).Outcomes.ToDictionary(static o => o.Row.Iccid);
        var executed = sandbox.Log.Operations.Where(static o => o.Succeeded).ToLookup(static o => o.Iccid);
        bool IsReported(string iccid) => reported[iccid].Status != OutcomeStatus.Failed || (recorded.TryGetValue(iccid, out var outcome) && outcome.Status != OutcomeStatus.Failed);
        var twice = executed.Count(static e => e.Count() > 1);
        var lost = executed.Count(e => !reported.ContainsKey(e.Key) || !IsReported(e.Key));
        var contradicted = reported.Values.Count(o => o.Status != OutcomeStatus.Unknown && executed.Contains(o.Row.Iccid) != (o.Status == OutcomeStatus.Succeeded));
        Proofs.Note($"chaos, stopped {runs} times: {Cards} operations, {sandbox.Log.FaultsTotal} faults, {sandbox.Log.OutageRequests} requests in an outage, {twice} twice, {lost} lost, {contradicted} contradicted, {reported.Values.Count(static o => o.Status == OutcomeStatus.Unknown)} unknown");

        Assert.Equal((0, 0, 0), (twice, lost, contradicted));
        Assert.Equal(Cards, reported.Count);
        Assert.True(runs > 2, "nothing was stopped");
    }

    private async Task<(List<RowOutcome> Results, bool IsStopped)> RunAsync(Uri endpoint, BindingRow[] rows, int stopsAfter, int seed)
    {
        using var inFlight = new CancellationTokenSource();
        using var transport = new ServiceTransport(_clock.CreateHandler, _clock, TimeSpan.FromSeconds(30));
        using var sender = new OperationSender(
            new SenderOptions
            {
                Endpoint = endpoint,
                Clock = _clock,
                MaximumInFlight = 16,
                OutageTimeout = TimeSpan.FromMinutes(30),
                Nonces = new SeededNonces(seed),
                Jitter = static () => 0.5,
                InFlight = inFlight.Token,
            },
            new StaticCredentialProvider(new Credential(SandboxOptions.DefaultAccessKey.Id, SandboxOptions.DefaultAccessKey.Secret)),
            transport);
        using var run = new BindingRun(sender, new RunOptions { ThrottleLimit = 16 });
        var results = new List<RowOutcome>();
        await using var journal = await Journal.OpenAsync(_folder.Journal, new JournalJob(BindingOperation.Unbind, endpoint));
        foreach (var row in rows)
        {
            var entry = journal.Claim(row);
            if (entry.Recorded is { OpenIntent: null, Outcome: { Status: not OutcomeStatus.Failed } settled })
            {
                run.AddSettled(settled, isFromJournal: true);
            }
            else
            {
                run.Add(row, entry, entry.Recorded.OpenIntent);
            }
        }

        var sent = 0;
        while (!run.IsEmpty)
        {
            await run.WaitForNextAsync().WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
            while (run.TryDequeue(out var result))
            {
                results.Add(result.Outcome!);
                sent += result.IsFromJournal ? 0 : 1;
                if (sent == stopsAfter)
                {
                    run.Stop();
                    await inFlight.CancelAsync();
                }
            }
        }

        return (results, run.AbortReason is not null);
    }
}
