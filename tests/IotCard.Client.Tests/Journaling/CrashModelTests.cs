using CsCheck;
using IotCard.Client.Journaling;
using IotCard.Client.Rules;
using static IotCard.Client.Tests.Journaling.JournalSamples;

namespace IotCard.Client.Tests.Journaling;

/// <summary>
/// A run, a journal and a disk as plain values: the power is cut at every step, and whatever pages were written then, the
/// next run sends nothing that may have been executed, and loses nothing that was given out.
/// </summary>
public sealed class CrashModelTests
{
    /// <summary>What the service does with a row's request.</summary>
    private enum Answer
    {
        Succeeds,
        Fails,
        IsLost,
        IsThrottledFirst,
    }

    [Fact]
    public void Whatever_a_power_cut_leaves_of_a_small_run_nothing_is_sent_twice()
    {
        foreach (var answer in Enum.GetValues<Answer>())
        {
            foreach (var other in Enum.GetValues<Answer>())
            {
                EveryCut([[answer, other]], maximumImages: 1 << 7);
                EveryCut([[answer], [other]], maximumImages: 1 << 7);
            }
        }
    }

    [Fact]
    public void Whatever_a_power_cut_leaves_of_a_longer_run_nothing_is_sent_twice() => Gen.Select(Gen.Enum<Answer>().Array[1, 6].Array[1, 3], Gen.Int[0, 60], Gen.Int[0, 12], Gen.UInt)
        .Sample((runs, cut, failing, pages) =>
        {
            var world = new World();
            var disk = Run(world, runs, cutBefore: cut, failingFlush: failing);
            var random = new Random((int)(pages & int.MaxValue));
            Verify(world, disk.Cut([.. disk.DirtyPages.Where(_ => random.Next(2) == 0)]));
        });

    /// <summary>Cuts the power before every step of the runs, with every combination of the pages that may have been written.</summary>
    private static void EveryCut(Answer[][] runs, int maximumImages)
    {
        for (var cut = 1; ; cut++)
        {
            var world = new World();
            var disk = Run(world, runs, cut);
            var dirty = disk.DirtyPages;
            for (var written = 0; written < Math.Min(1 << Math.Min(dirty.Count, 20), maximumImages); written++)
            {
                Verify(world, disk.Cut([.. dirty.Where((_, place) => (written >> place & 1) == 1)]));
            }

            if (disk.Steps < cut)
            {
                return;
            }
        }
    }

    /// <summary>Sends rows, each run with the journal of those before; rows of a run are in flight together.</summary>
    private static SimulatedDisk Run(World world, Answer[][] runs, int cutBefore = int.MaxValue, int failingFlush = 0)
    {
        var disk = new SimulatedDisk { CutBefore = cutBefore, FailingFlush = failingFlush };
        try
        {
            foreach (var answers in runs)
            {
                Send(world, disk, answers);
            }
        }
        catch (SimulatedDisk.PowerCutException)
        {
            // What follows is the next run's.
        }
        catch (JournalException)
        {
            // Nothing more is sent.
        }

        return disk;
    }

    private static void Send(World world, SimulatedDisk disk, Answer[] answers)
    {
        world.BeginRun();
        var journal = Open(disk);
        Wait(journal.RecordListAsync("aa11"));
        var entries = answers.Select((_, n) => journal.Claim(Row(n))).ToArray();
        var isSent = entries.Select(entry => JournalRules.Decide(entry.Recorded, DateTimeOffset.UnixEpoch.AddYears(100), retriesUnknown: false).Action == RowAction.Send).ToArray();
        for (var n = 0; n < answers.Length; n++)
        {
            if (isSent[n])
            {
                world.Begin(n);
                Wait(RecordIntentAsync(entries[n], Row(n)).AsTask());
                if (answers[n] == Answer.IsThrottledFirst)
                {
                    Wait(entries[n].RecordNotExecutedAsync("Throttling.User", CancellationToken.None).AsTask());
                    Wait(RecordIntentAsync(entries[n], Row(n)).AsTask());
                }

                world.Arrive(n, isExecuted: answers[n] != Answer.Fails);
            }
        }

        for (var n = 0; n < answers.Length; n++)
        {
            if (isSent[n])
            {
                var status = answers[n] switch { Answer.Fails => OutcomeStatus.Failed, Answer.IsLost => OutcomeStatus.Unknown, _ => OutcomeStatus.Succeeded };
                Wait(entries[n].RecordOutcomeAsync(Outcome(Row(n), status)));
                world.GiveOut(n, status);
            }
        }

        Wait(journal.DisposeAsync().AsTask());
    }

    /// <summary>Waits for a record; the journal takes a power cut for an error of the disk.</summary>
    private static void Wait(Task record) => record.GetAwaiter().GetResult();

    /// <summary>What the next run would do with every row, by what is left of the journal.</summary>
    private static void Verify(World world, byte[] image)
    {
        var journal = Open(new SimulatedDisk(image));
        for (var n = 0; n < 6; n++)
        {
            var recorded = journal.Claim(Row(n)).Recorded;
            var action = JournalRules.Decide(recorded, DateTimeOffset.UnixEpoch.AddYears(100), retriesUnknown: false).Action;
            Assert.False(action == RowAction.Send && world.IsExecuted(n), $"row {n} would be executed twice");
            Assert.False(action == RowAction.AlreadyDone && !world.IsExecuted(n), $"row {n} was never executed");
            if (world.GivenOut(n) is { } status && !(world.MayHaveBegunAgain(n) && recorded.Outcome is { Status: OutcomeStatus.Unknown, Reason: OutcomeCode.Interrupted }))
            {
                Assert.Equal(status, recorded.Outcome?.Status);
            }
        }
    }

    /// <summary>What really happened.</summary>
    private sealed class World
    {
        private readonly HashSet<int> _executed = [];
        private readonly Dictionary<int, (OutcomeStatus Status, int Run)> _given = [];
        private int _run;

        internal void BeginRun() => _run++;

        /// <summary>A row that had failed may be in doubt from now on.</summary>
        internal void Begin(int row) => _given.Remove(row);

        /// <summary>
        /// Whether a row has failed before the last run, which tries failed rows again: where its last flush has a hole,
        /// the journal cannot tell whether it had come to this row.
        /// </summary>
        internal bool MayHaveBegunAgain(int row) => _given.TryGetValue(row, out var given) && given.Status == OutcomeStatus.Failed && given.Run < _run;

        internal void Arrive(int row, bool isExecuted) => Assert.False(isExecuted && !_executed.Add(row), $"row {row} was executed twice");

        internal void GiveOut(int row, OutcomeStatus status) => _given[row] = (status, _run);

        internal bool IsExecuted(int row) => _executed.Contains(row);

        internal OutcomeStatus? GivenOut(int row) => _given.TryGetValue(row, out var given) ? given.Status : null;
    }
}
