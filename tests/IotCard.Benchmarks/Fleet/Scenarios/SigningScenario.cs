using IotCard.Benchmarks.Subjects;

namespace IotCard.Benchmarks.Fleet.Scenarios;

internal sealed class SigningScenario : IScenario
{
    private const int PerRound = 2_000;

    public string Name => "signing";

    public async Task<IReadOnlyList<Comparison>> MeasureAsync(Harness harness)
    {
        using var subject = SubjectProcess.Start("signing", harness.ModuleFolder);
        var result = await subject.SendAsync<SigningResult>(new Iteration { Workload = new Workload(PerRound) });
        return
        [
            new Comparison("signing once, ACS3, against its two SHA-256 and one HMAC", Goal.AtMost(2))
            {
                Ours = result.SignSeconds * 1e6,
                Other = result.DigestSeconds * 1e6,
                Unit = "µs",
            },
        ];
    }
}
