using System.Diagnostics;
using IotCard.Client.Cards;
using IotCard.Client.Journaling;
using IotCard.Client.Rules;
using IotCard.Client.Service;
using IotCard.Client.Tests.Sending;

namespace IotCard.Client.Tests.Journaling;

/// <summary>A disk that fills up loses no outcome: its room was reserved together with its intent.</summary>
public sealed class RoomTests : IDisposable
{
    private static readonly JournalJob Job = new(BindingOperation.Unbind, BindingApi.DefaultEndpoint);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(3_000)]
    [InlineData(20_000)]
    [InlineData(70_000)]
    public async Task Every_row_whose_intent_found_room_has_its_outcome(int capacity)
    {
        using var disk = new FailingDisk(_folder.Journal) { Capacity = capacity };
        await using var journal = Journal.Open(new JournalFile(disk), Job, TimeProvider.System, isAutomatic: false);
        var entries = await FillAsync(journal);

        await CompleteAsync(entries);
        await journal.DisposeAsync();

        AssertAllEnded(_folder.Journal, entries.Count);
        Assert.Equal(JournalErrorCode.NotWritable, journal.Failure?.Code);
    }

    [Fact]
    public async Task Every_row_whose_intent_found_room_has_its_outcome_on_a_full_file_system()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "It needs a file system of its own.");
        var small = Path.Combine(_folder.Path, "small");
        Directory.CreateDirectory(small);
        Assert.SkipUnless(Run("mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", small) == 0, "Nothing can be mounted here.");
        try
        {
            var path = Path.Combine(small, "job.jsonl");
            await using var journal = await Journal.OpenAsync(path, Job);
            var entries = await FillAsync(journal);

            await CompleteAsync(entries);
            await journal.DisposeAsync();

            Assert.NotEmpty(entries);
            AssertAllEnded(path, entries.Count);
        }
        finally
        {
            Assert.Equal(0, Run("umount", small));
        }
    }

    [Fact]
    public async Task A_resumed_run_has_room_for_the_outcomes_of_the_one_that_died()
    {
        List<JournalEntry> entries;
        using (var died = new FailingDisk(_folder.Journal) { Capacity = 20_000 })
        {
            // Not closed: the reserved room is left as if the process had been killed.
            entries = await FillAsync(Journal.Open(new JournalFile(died), Job, TimeProvider.System, isAutomatic: false));
        }

        using var disk = new FailingDisk(_folder.Journal) { Capacity = 20_400 };
        await using var journal = Journal.Open(new JournalFile(disk), Job, TimeProvider.System, isAutomatic: false);
        var again = Enumerable.Range(0, entries.Count).Select(i => journal.Claim(Row(i))).ToList();
        Assert.All(again, static entry => Assert.NotNull(entry.Recorded.OpenIntent));

        await CompleteAsync(again);
        await journal.DisposeAsync();

        AssertAllEnded(_folder.Journal, entries.Count);
    }

    [Fact]
    public async Task An_outcome_with_endless_texts_uses_only_its_reserved_room()
    {
        await using var journal = await Journal.OpenAsync(_folder.Journal, Job);
        var endless = new string('\u0001', 5_000);

        await journal.Claim(Row(0)).RecordOutcomeAsync(Outcome(0) with { Status = OutcomeStatus.Failed, Code = "isv." + endless, Reason = endless, Message = endless, RequestId = endless });
        await journal.DisposeAsync();

        Assert.All(await File.ReadAllLinesAsync(_folder.Journal, TestContext.Current.CancellationToken), static line => Assert.InRange(line.Length, 1, JournalLineFormatter.MaximumOutcomeLength));
        Assert.StartsWith("isv.", Assert.Single(JournalReader.Read(_folder.Journal).Outcomes).Code, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_journal_that_is_closed_ends_with_its_last_line()
    {
        await using (var journal = await Journal.OpenAsync(_folder.Journal, Job))
        {
            await journal.Claim(Row(0)).RecordIntentAsync(Intents.Record(DamageTests.Sign(Row(0)), "id"), CancellationToken.None);
            Assert.Equal((byte)' ', Read()[^1]);
        }

        Assert.Equal((byte)'\n', Read()[^1]);
    }

    private static BindingRow Row(int n) => BindingRow.Unbind(SyntheticNumbers.Iccid(n), SyntheticNumbers.Imei(n));

    private static RowOutcome Outcome(int n) =>
        new() { Row = Row(n), Status = OutcomeStatus.Succeeded, Code = OutcomeCode.Ok, RequestId = Guid.Empty.ToString(), Attempts = 1, CompletedAt = DateTimeOffset.UnixEpoch };

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        return process.ExitCode;
    }

    private static void AssertAllEnded(string path, int count)
    {
        var outcomes = JournalReader.Read(path).Outcomes;
        Assert.Equal(count, outcomes.Count);
        Assert.All(outcomes, static outcome => Assert.Equal(OutcomeStatus.Succeeded, outcome.Status));
    }

    /// <summary>Records intents until there is no room for another.</summary>
    private static async Task<List<JournalEntry>> FillAsync(Journal journal)
    {
        var entries = new List<JournalEntry>();
        while (true)
        {
            var row = Row(entries.Count);
            var entry = journal.Claim(row);
            try
            {
                await entry.RecordIntentAsync(Intents.Record(DamageTests.Sign(row), "id"), CancellationToken.None);
            }
            catch (JournalException failure)
            {
                Assert.Equal(JournalErrorCode.NotWritable, failure.Code);
                return entries;
            }

            entries.Add(entry);
        }
    }

    private static Task CompleteAsync(List<JournalEntry> entries) =>
        Task.WhenAll(entries.Select(static (entry, i) => entry.RecordOutcomeAsync(Outcome(i))));

    private byte[] Read()
    {
        using var stream = new FileStream(_folder.Journal, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
