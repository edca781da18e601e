using IotCard.Proving;

namespace IotCard.Client.Tests.Simulation;

/// <summary>
/// Thousands of lists under faults of network, gateway and disk, with deaths at any step and resumed with the same or other
/// parameters. A seed that fails replays by its number: <see cref="A_seed_replays"/>.
/// </summary>
[Trait("Category", "Simulation")]
public sealed class SimulationTests
{
    private const int Seeds = 10_000;

    [Fact]
    public void No_seed_executes_twice_loses_or_contradicts_anything_or_leaves_a_row_unknown_without_need()
    {
        Assert.SkipUnless(ClientBuild.IsForNet, ".NET Framework tells of a failed connection in other exceptions.");
        var (all, failed) = RunAll(Enumerable.Range(1, Seeds));

        Proofs.Note($"simulation: {Seeds} seeds, {all}");
        Assert.True(failed.Count == 0, string.Join(Environment.NewLine, failed.OrderBy(static f => f.Seed).Take(20).Select(static f => $"seed {f.Seed}: {f.What}")));
        Assert.InRange(all.Faults, Seeds, int.MaxValue);
        Assert.InRange(all.Died, Seeds / 4, int.MaxValue);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void A_seed_replays(int seed) => Assert.Equal(RunAll([seed, seed]).All.ToString(), Twice(RunAll([seed]).All).ToString());

    private static SimulationCounts Twice(SimulationCounts counts)
    {
        var both = new SimulationCounts();
        both.Add(counts);
        both.Add(counts);
        return both;
    }

    /// <summary>Each seed has one thread, and none of the test framework's, whose context would take continuations elsewhere.</summary>
    private static (SimulationCounts All, List<(int Seed, string What)> Failed) RunAll(IEnumerable<int> seeds)
    {
        var (all, failed) = (new SimulationCounts(), new List<(int Seed, string What)>());
        var waiting = new Queue<int>(seeds);
        var threads = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new Thread(() =>
        {
            while (true)
            {
                int seed;
                lock (waiting)
                {
                    if (!waiting.TryDequeue(out seed))
                    {
                        return;
                    }
                }

                string? what = null;
                SimulationCounts? counts = null;
                try
                {
                    counts = SimulatedRun.Run(seed);
                    what = counts.IsClean ? null : counts.ToString();
                }
                catch (Exception failure)
                {
                    what = failure.ToString();
                }

                lock (waiting)
                {
                    if (counts is not null)
                    {
                        all.Add(counts);
                    }

                    if (what is not null)
                    {
                        failed.Add((seed, what));
                    }
                }
            }
        })).ToList();
        threads.ForEach(static thread => thread.Start());
        threads.ForEach(static thread => thread.Join());
        return (all, failed);
    }
}
