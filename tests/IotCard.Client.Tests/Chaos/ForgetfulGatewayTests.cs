using IotCard.Proving;

namespace IotCard.Client.Tests.Chaos;

/// <summary>The same with a gateway that forgets every nonce: the response to a resend may be for its second arrival.</summary>
[Trait("Category", "Chaos")]
public sealed class ForgetfulGatewayTests
{
    [Theory]
    [InlineData(4)]
    public async Task With_a_gateway_that_forgets_every_nonce_no_result_is_wrong(int seed)
    {
        // If a proxy sends a request twice, a gateway without memory answers twice, and only the second response is ever
        // seen: no client can notice, so that fault is left out here.
        var faults = FaultPlan.Mixed(0.4, seed);
        var chaos = await ChaosRun.RunAsync(seed, faults with { Rates = faults.Rates.Where(r => r.Key != FaultKind.DuplicateDelivery).ToDictionary(), NonceMemory = false, Delay = TimeSpan.FromSeconds(45), Hint = TimeSpan.FromMilliseconds(500) });

        var (twice, contradicted) = chaos.Examine();
        Proofs.Note($"chaos, no nonce memory: {chaos.Rows.Count} operations, {chaos.Faults} faults, {twice} twice, {contradicted} contradicted, {chaos.Unknown} unknown");
        Assert.Equal(chaos.Rows, chaos.Results.Select(r => r.Outcome!.Row));
        Assert.Equal((0, 0), (twice, contradicted));
    }

    [Fact]
    public async Task Without_faults_nothing_is_unknown()
    {
        var chaos = await ChaosRun.RunAsync(5, FaultPlan.None);

        Assert.Equal((0, 0), chaos.Examine());
        Assert.Equal(0, chaos.Unknown);
    }
}
