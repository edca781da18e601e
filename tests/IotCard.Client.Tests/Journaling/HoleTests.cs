using IotCard.Client.Journaling;
using IotCard.Client.Rules;
using static IotCard.Client.Tests.Journaling.JournalSamples;

namespace IotCard.Client.Tests.Journaling;

/// <summary>After a power cut, a page of the last flush may be missing before others that are there.</summary>
public sealed class HoleTests : IDisposable
{
    private const int PageLength = 4096;
    private const int Early = 40;
    private const int Late = 100;
    private const int Never = 999;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData((byte)' ')]
    [InlineData((byte)0)]
    public async Task A_missing_page_of_the_last_flush_is_judged_like_a_torn_line(byte blank)
    {
        var (whole, lastFlush) = await WriteAsync();
        foreach (var (start, end) in Pages(lastFlush, whole.Length))
        {
            Put(whole, start, end, blank);
            var shown = JournalReader.Read(_folder.Journal);

            for (var run = 0; run < 2; run++)
            {
                await using var journal = await Journal.OpenAsync(_folder.Journal, Job);
                for (var n = 0; n < Early; n++)
                {
                    Assert.Equal(OutcomeStatus.Succeeded, journal.Claim(Row(n)).Recorded.Outcome?.Status);
                }

                // Every intent of the last flush is there, or its row may have been in the page.
                for (var n = Early; n < Early + Late; n++)
                {
                    Assert.True(journal.Claim(Row(n)).Recorded.IsInDoubt, $"{start}: row {n}, run {run}");
                }

                Assert.True(journal.Claim(Row(Never)).Recorded.IsInDoubt);
            }

            Assert.NotEmpty(shown.DamagedLines);
            Assert.InRange(shown.Outcomes.Count, Early + Late - (2 + (PageLength / 150)), Early + Late - 1);
            Assert.Equal(Early, shown.Outcomes.Count(static o => o.Status == OutcomeStatus.Succeeded));
        }
    }

    [Fact]
    public async Task A_missing_page_of_an_earlier_flush_is_damage_and_every_good_row_is_still_shown()
    {
        var (whole, lastFlush) = await WriteAsync();
        var (start, end) = (PageLength, 2 * PageLength);
        Assert.InRange(end, 0, lastFlush);
        Put(whole, start, end, 0);
        var before = await File.ReadAllBytesAsync(_folder.Journal, TestContext.Current.CancellationToken);
        var number = 1 + whole[..start].Count(static b => b == (byte)'\n');

        var failure = await Assert.ThrowsAsync<JournalException>(() => Journal.OpenAsync(_folder.Journal, Job));
        var shown = JournalReader.Read(_folder.Journal);

        Assert.Equal((JournalErrorCode.Invalid, $"{number}"), (failure.Code, failure.Detail));
        Assert.Equal(number, shown.DamagedLines[0]);
        Assert.InRange(shown.Outcomes.Count, Early + Late - (2 + (PageLength / 150)), Early + Late);
        Assert.Equal(before, await File.ReadAllBytesAsync(_folder.Journal, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Damage_of_the_last_flush_that_no_power_cut_leaves_is_not_judged()
    {
        var (whole, lastFlush) = await WriteAsync();
        var line = Array.IndexOf(whole, (byte)'\n', lastFlush + 2000) + 1;
        whole[line + 30] ^= 1;
        await File.WriteAllBytesAsync(_folder.Journal, whole, TestContext.Current.CancellationToken);

        Assert.Equal(JournalErrorCode.Invalid, (await Assert.ThrowsAsync<JournalException>(() => Journal.OpenAsync(_folder.Journal, Job))).Code);
    }

    [Fact]
    public async Task A_damaged_first_line_does_not_hide_the_rows()
    {
        var (whole, _) = await WriteAsync();
        whole[20] ^= 1;
        await File.WriteAllBytesAsync(_folder.Journal, whole, TestContext.Current.CancellationToken);

        var shown = JournalReader.Read(_folder.Journal);

        Assert.Equal((1, Early + Late), (Assert.Single(shown.DamagedLines), shown.Outcomes.Count));
        Assert.Equal(Row(0), shown.Outcomes[0].Row);
        Assert.Equal("1", (await Assert.ThrowsAsync<JournalException>(() => Journal.OpenAsync(_folder.Journal, Job))).Detail);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task What_an_editor_has_saved_is_named_read_and_resumed(bool hasMark, bool hasReturns)
    {
        var (whole, _) = await WriteAsync();
        var text = System.Text.Encoding.UTF8.GetString(whole);
        await File.WriteAllTextAsync(
            _folder.Journal,
            hasReturns ? text.Replace("\n", "\r\n", StringComparison.Ordinal) : text,
            new System.Text.UTF8Encoding(hasMark),
            TestContext.Current.CancellationToken);

        var shown = JournalReader.Read(_folder.Journal);
        await using (var journal = await Journal.OpenAsync(_folder.Journal, Job))
        {
            Assert.Equal(OutcomeStatus.Succeeded, journal.Claim(Row(0)).Recorded.Outcome?.Status);
            Assert.NotNull(journal.Claim(Row(Early)).Recorded.OpenIntent);
        }

        Assert.Equal((hasMark, hasReturns), (shown.HasByteOrderMark, shown.HasCarriageReturns));
        Assert.Equal((Early + Late, 0), (shown.Outcomes.Count, shown.DamagedLines.Count));
    }

    /// <summary>The parts of the last flush that are on pages of their own, but the last, after which there is nothing.</summary>
    private static IEnumerable<(int Start, int End)> Pages(int lastFlush, int length)
    {
        for (var start = lastFlush; (start / PageLength * PageLength) + PageLength < length; start = (start / PageLength * PageLength) + PageLength)
        {
            yield return (start, (start / PageLength * PageLength) + PageLength);
        }
    }

    /// <summary>Writes rows that have ended, and then the intents of more rows with one flush.</summary>
    /// <returns>The file, and where the last flush begins.</returns>
    private async Task<(byte[] Whole, int LastFlush)> WriteAsync()
    {
        using var disk = new FailingDisk(_folder.Journal);
        await using (var journal = Open(disk))
        {
            for (var n = 0; n < Early; n++)
            {
                var entry = journal.Claim(Row(n));
                await RecordIntentAsync(entry, Row(n));
                await entry.RecordOutcomeAsync(Outcome(Row(n)));
            }

            disk.Hold();
            var first = RecordIntentAsync(journal.Claim(Row(Early)), Row(Early)).AsTask();
            await disk.WaitUntilHeldAsync();
            var others = Enumerable.Range(Early + 1, Late - 1).Select(n => RecordIntentAsync(journal.Claim(Row(n)), Row(n)).AsTask()).ToList();
            disk.Release();
            await Task.WhenAll(others.Append(first));
        }

        var whole = await File.ReadAllBytesAsync(_folder.Journal, TestContext.Current.CancellationToken);
        var mark = whole.AsSpan().LastIndexOf("\"flush\":true"u8);
        return (whole, whole.AsSpan(0, mark).LastIndexOf((byte)'\n') + 1);
    }

    // In place, so that it remains the same file.
    private void Put(byte[] whole, int start, int end, byte blank)
    {
        var damaged = (byte[])whole.Clone();
        damaged.AsSpan(start, end - start).Fill(blank);
        File.WriteAllBytes(_folder.Journal, damaged);
    }
}
