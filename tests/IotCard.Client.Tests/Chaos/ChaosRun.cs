using IotCard.Client.Cards;
using IotCard.Client.Credentials;
using IotCard.Client.Rules;
using IotCard.Client.Running;
using IotCard.Client.Sending;
using IotCard.Client.Service;
using IotCard.Client.Signing;
using IotCard.Client.Tests.Running;
using IotCard.Sandbox;

namespace IotCard.Client.Tests.Chaos;

/// <summary>A run under faults, and the sandbox's record of it.</summary>
internal sealed class ChaosRun(IReadOnlyList<BindingRow> rows, IReadOnlyList<Row> results, ServiceLog log)
{
    private const int Cards = 250;

    internal IReadOnlyList<BindingRow> Rows { get; } = rows;

    internal IReadOnlyList<Row> Results { get; } = results;

    internal long Faults { get; } = log.FaultsTotal;

    internal int Unknown => Results.Count(r => r.Outcome!.Status == OutcomeStatus.Unknown);

    /// <summary>Counts violations: operations executed twice, and results that contradict the sandbox's record.</summary>
    internal (int Twice, int Contradicted) Examine()
    {
        var done = log.ExecutedByOperation();
        int Done(BindingRow row) => done
            .Where(d => d.Key.Iccid == row.Iccid && d.Key.Imei == row.Imei && (d.Key.NewImei ?? string.Empty) == (row.NewImei ?? string.Empty))
            .Sum(d => (int)d.Value);

        return (
            Results.Count(r => Done(r.Outcome!.Row) > 1),
            Results.Count(r => r.Outcome!.Status switch
            {
                OutcomeStatus.Succeeded => Done(r.Outcome!.Row) != 1,
                OutcomeStatus.Failed => Done(r.Outcome!.Row) != 0,
                _ => false,
            }));
    }

    internal static async Task<ChaosRun> RunAsync(int seed, FaultPlan faults)
    {
        using var clock = new WaitingClock();
        await using var sandbox = await SandboxService.StartAsync(
            new SandboxOptions { Fleet = Fleet.Generate(Cards), Faults = faults, Clock = clock }, TestContext.Current.CancellationToken);
        clock.Follow(sandbox.Log);
        var rows = MakeRows(new Random(seed));
        using var transport = new ServiceTransport(clock.CreateHandler, clock, TimeSpan.FromSeconds(30));
        using var sender = new OperationSender(
            new SenderOptions { Endpoint = sandbox.Endpoint, Clock = clock, MaximumInFlight = 16, OutageTimeout = TimeSpan.FromMinutes(30), Nonces = new SeededNonces(seed), Jitter = static () => 0.5 },
            new StaticCredentialProvider(new Credential(SandboxOptions.DefaultAccessKey.Id, SandboxOptions.DefaultAccessKey.Secret)),
            transport);
        using var run = new BindingRun(sender, new RunOptions { ThrottleLimit = 16 });
        foreach (var row in rows)
        {
            run.Add(row);
        }

        var results = new List<Row>();
        while (!run.IsEmpty)
        {
            await run.WaitForNextAsync();
            while (run.TryDequeue(out var result))
            {
                results.Add(result);
            }
        }

        return new ChaosRun(rows, results, sandbox.Log);
    }

    /// <summary>Swaps and retirements, some for the same card or device, some that the service must refuse.</summary>
    private static List<BindingRow> MakeRows(Random random)
    {
        var rows = new List<BindingRow>();
        for (var i = 0; i < Cards; i++)
        {
            var iccid = SyntheticNumbers.Iccid(i);
            var (device, next, last) = (SyntheticNumbers.Imei(i), SyntheticNumbers.Imei(Cards + i), SyntheticNumbers.Imei((2 * Cards) + i));
            rows.Add(BindingRow.Rebind(iccid, device, next));
            rows.Add(random.Next(10) == 0 ? BindingRow.Rebind(iccid, device, last) : BindingRow.Rebind(iccid, next, last));
            rows.Add(BindingRow.Unbind(iccid, random.Next(10) == 0 ? next : last));
        }

        return [.. rows.Select((row, i) => (row, Place: (i % 3 * 1000) + random.Next(600))).OrderBy(r => r.Place).Select(r => r.row)];
    }
}
