using IotCard.Proving;

namespace IotCard.Client.Tests.Chaos;

/// <summary>Thousands of operations under every fault of the sandbox, compared with its own record.</summary>
[Trait("Category", "Chaos")]
public sealed class ChaosTests
{
    [Theory]
    [InlineData(1, 0.3)]
    [InlineData(2, 0.5)]
    [InlineData(3, 0.7)]
    public async Task No_operation_is_executed_twice_and_every_result_is_right(int seed, double rate)
    {
        var chaos = await ChaosRun.RunAsync(seed, FaultPlan.Mixed(rate, seed) with { Delay = TimeSpan.FromSeconds(45), Hint = TimeSpan.FromMilliseconds(500), StrayClockSkew = TimeSpan.FromHours(1) });

        var (twice, contradicted) = chaos.Examine();
        Proofs.Note($"chaos: {chaos.Rows.Count} operations, {chaos.Faults} faults, {twice} twice, {contradicted} contradicted, {chaos.Unknown} unknown");
        Assert.Equal(chaos.Rows, chaos.Results.Select(r => r.Outcome!.Row));
        Assert.Equal((0, 0), (twice, contradicted));
        Assert.True(chaos.Faults > chaos.Rows.Count * rate / 4, $"only {chaos.Faults} faults");
    }
}
