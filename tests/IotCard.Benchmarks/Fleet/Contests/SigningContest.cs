using IotCard.Benchmarks.Sides;

namespace IotCard.Benchmarks.Fleet.Contests;

internal sealed class SigningContest : IContest
{
    private const int PerRound = 2_000;

    public string Name => "signing";

    public async Task<IReadOnlyList<Comparison>> PlayAsync(Arena arena)
    {
        using var side = SideProcess.Start("signing", arena.ModuleFolder);
        var result = await side.AskAsync<SigningResult>(new Turn { Cards = PerRound });
        return
        [
            new Comparison("signing once, ACS3, against its two SHA-256 and one HMAC", new Goal(GoalKind.RatioAtMost, 2))
            {
                Ours = result.SignSeconds * 1e6,
                Other = result.DigestSeconds * 1e6,
                Unit = "µs",
            },
        ];
    }
}
