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

/// <summary>On a connection where every response belongs to the previous request, the client gives it up, and no result is wrong.</summary>
[Trait("Category", "Chaos")]
public sealed class ShiftedConnectionTests
{
    private const int Cards = 400;

    [Theory]
    [InlineData(0.02, 1)]
    [InlineData(0.02, 16)]
    [InlineData(0.2, 16)]
    public async Task No_result_is_that_of_another_card(double rate, int inFlight)
    {
        using var clock = new WaitingClock();
        await using var sandbox = await SandboxService.StartAsync(
            new SandboxOptions { Fleet = Fleet.Generate(Cards), Faults = FaultPlan.Create(FaultKind.ShiftedResponse, rate, seed: 7), Clock = clock },
            TestContext.Current.CancellationToken);
        clock.Follow(sandbox.Log);
        using var transport = new ServiceTransport(clock.CreateHandler, clock, TimeSpan.FromMinutes(1));
        using var sender = new OperationSender(
            new SenderOptions { Endpoint = sandbox.Endpoint, Clock = clock, MaximumInFlight = inFlight },
            new StaticCredentialProvider(new Credential(SandboxOptions.DefaultAccessKey.Id, SandboxOptions.DefaultAccessKey.Secret)),
            transport);
        using var run = new BindingRun(sender, new RunOptions { ThrottleLimit = inFlight });
        var results = new List<RowOutcome>();
        for (var i = 0; i < Cards; i++)
        {
            // Every other row is refused, so that a neighbor's response would be wrong.
            run.Add(BindingRow.Unbind(SyntheticNumbers.Iccid(i), SyntheticNumbers.Imei(i % 2 == 0 ? i : i + 1)));
        }

        while (!run.IsEmpty)
        {
            await run.WaitForNextAsync().WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
            while (run.TryDequeue(out var result))
            {
                results.Add(result.Outcome!);
            }
        }

        Assert.Equal(Cards, results.Count);
        Assert.NotEqual(0, sandbox.Log.FaultsTotal);
        Assert.All(results.Where(static o => o.Status != OutcomeStatus.Unknown), outcome =>
            Assert.Equal(outcome.Status == OutcomeStatus.Succeeded, sandbox.Log.ExecutedFor(outcome.Row.Iccid) == 1));
        Assert.Contains(results, static o => o.Status == OutcomeStatus.Succeeded);
    }
}
