using IotCard.Client.Journaling;
using IotCard.Client.Rules;
using static IotCard.Client.Tests.Journaling.JournalSamples;

namespace IotCard.Client.Tests.Journaling;

/// <summary>An automatic journal that could not be written for a while says so in its file, and is not resumed from.</summary>
public sealed class GapTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FailingDisk _disk;

    public GapTests() => _disk = new FailingDisk(_folder.Journal);

    public void Dispose()
    {
        _disk.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task After_one_error_the_gap_is_recorded_and_writing_goes_on()
    {
        await using (var journal = Open(_disk, isAutomatic: true))
        {
            await RecordAsync(journal, 0);
            _disk.Failure = new IOException("Input/output error");
            await RecordAsync(journal, 1);
            _disk.Failure = null;
            await RecordAsync(journal, 2);
            await RecordAsync(journal, 3);

            Assert.Equal((JournalErrorCode.NotWritable, "Input/output error"), (journal.Failure?.Code, journal.Failure?.Detail));
        }

        var contents = JournalReader.Read(_folder.Journal);
        Assert.Equal("Input/output error", contents.GapReason);
        Assert.Equal([Row(0), Row(2), Row(3)], contents.Outcomes.Select(static o => o.Row));
        Assert.Empty(contents.DamagedLines);
        Assert.Single(await GapsAsync());
    }

    [Fact]
    public async Task A_gap_at_the_end_is_recorded_when_the_journal_is_closed()
    {
        await using (var journal = Open(_disk, isAutomatic: true))
        {
            await RecordAsync(journal, 0);
            _disk.Failure = new IOException("Input/output error");
            await RecordAsync(journal, 1);
            _disk.Failure = null;
        }

        Assert.Single(await GapsAsync());
    }

    [Fact]
    public async Task On_a_full_disk_the_gap_has_its_room()
    {
        _disk.Capacity = 20_000;
        await using (var journal = Open(_disk, isAutomatic: true))
        {
            for (var n = 0; n < 100; n++)
            {
                await RecordIntentAsync(journal.Claim(Row(n)), Row(n));
            }

            // Not closed yet, as if the process were killed now.
            Assert.Equal("No space left on device", JournalReader.Read(_folder.Journal).GapReason);
        }
    }

    [Fact]
    public async Task No_run_resumes_from_a_journal_with_a_gap_and_a_person_can_still_settle_its_rows()
    {
        await using (var journal = Open(_disk, isAutomatic: true))
        {
            await journal.Claim(Row(0)).RecordOutcomeAsync(Outcome(Row(0), OutcomeStatus.Unknown));
            _disk.Failure = new IOException("Input/output error");
            await RecordAsync(journal, 1);
            _disk.Failure = null;
        }

        var resumed = await Assert.ThrowsAsync<JournalException>(() => Journal.OpenAsync(_folder.Journal, Job));
        var dryRun = Assert.Throws<JournalException>(() => Journal.OpenForWhatIf(_folder.Journal, Job));
        await JournalSamples.ResolveAsync(_folder.Journal, Row(0).Iccid, null, OutcomeStatus.Failed, null, TimeProvider.System);

        Assert.Equal((JournalErrorCode.Incomplete, "Input/output error"), (resumed.Code, resumed.Detail));
        Assert.Equal(JournalErrorCode.Incomplete, dryRun.Code);
        Assert.Equal(OutcomeCode.Resolved, Assert.Single(JournalReader.Read(_folder.Journal).Outcomes).Code);
    }

    private static async Task RecordAsync(Journal journal, int n)
    {
        var entry = journal.Claim(Row(n));
        await RecordIntentAsync(entry, Row(n));
        await entry.RecordOutcomeAsync(Outcome(Row(n)));
    }

    private async Task<string[]> GapsAsync() =>
        [.. (await File.ReadAllLinesAsync(_folder.Journal, TestContext.Current.CancellationToken)).Where(static line => line.Contains("\"kind\":\"gap\"", StringComparison.Ordinal))];
}
