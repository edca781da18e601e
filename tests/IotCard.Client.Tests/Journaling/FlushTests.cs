using IotCard.Client.Journaling;
using IotCard.Client.Rules;
using IotCard.Client.Running;
using IotCard.Client.Tests.Running;
using static IotCard.Client.Tests.Journaling.JournalSamples;

namespace IotCard.Client.Tests.Journaling;

/// <summary>On the disk means on the disk: what follows if the disk refuses to say that it is.</summary>
public sealed class FlushTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FailingDisk _disk;

    public FlushTests() => _disk = new FailingDisk(_folder.Journal);

    public void Dispose()
    {
        _disk.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_flush_that_fails_lets_nothing_more_be_sent()
    {
        using var service = new WatchedService(new RunOptions { ThrottleLimit = 1 });
        await using var journal = Open(_disk);
        _disk.FlushFailure = new IOException("Input/output error");

        service.Run.Add(Row(0), journal.Claim(Row(0)));
        service.Run.Add(Row(1), journal.Claim(Row(1)));
        var results = await service.TakeAsync(2);

        Assert.Equal(0, service.Arrived);
        Assert.Equal([JournalErrorCode.NotWritable, OutcomeCode.NotSent], results.Select(static r => r.Outcome!.Code));
        Assert.Equal((JournalErrorCode.NotWritable, "Input/output error"), (service.Run.JournalFailure?.Code, service.Run.JournalFailure?.Detail));
    }

    [Fact]
    public async Task A_failed_flush_is_never_repeated_and_the_file_is_left_as_it_is()
    {
        var journal = Open(_disk);
        await RecordIntentAsync(journal.Claim(Row(0)), Row(0));
        _disk.FlushFailure = new IOException("Input/output error");

        var first = await Assert.ThrowsAsync<JournalException>(() => RecordIntentAsync(journal.Claim(Row(1)), Row(1)).AsTask());
        var (writes, flushes) = (_disk.Writes, _disk.Flushes);
        var later = await Assert.ThrowsAsync<JournalException>(() => journal.Claim(Row(0)).RecordOutcomeAsync(Outcome(Row(0))));
        await journal.DisposeAsync();

        Assert.Same(first, later);
        Assert.Equal((writes, flushes), (_disk.Writes, _disk.Flushes));
        Assert.Equal(2, JournalReader.Read(_folder.Journal).Outcomes.Count);
    }

    [Fact]
    public void A_flush_that_fails_when_the_journal_is_opened_is_reported_before_anything_is_sent()
    {
        _disk.FlushFailure = new IOException("Input/output error");

        var failure = Assert.Throws<JournalException>(() => Open(_disk));

        Assert.Equal((JournalErrorCode.NotWritable, "Input/output error"), (failure.Code, failure.Detail));
    }

    [Fact]
    public async Task An_automatic_journal_is_not_flushed()
    {
        await using var journal = Open(_disk, isAutomatic: true);

        await RecordIntentAsync(journal.Claim(Row(0)), Row(0));
        await journal.Claim(Row(0)).RecordOutcomeAsync(Outcome(Row(0)));

        Assert.Equal(0, _disk.Flushes);
    }

    [Fact]
    public async Task The_first_line_of_every_flush_says_so()
    {
        await using (var journal = Open(_disk))
        {
            await RecordIntentAsync(journal.Claim(Row(0)), Row(0));
            _disk.Hold();
            var first = journal.Claim(Row(1)).RecordOutcomeAsync(Outcome(Row(1)));
            await _disk.WaitUntilHeldAsync();
            var together = Enumerable.Range(2, 3).Select(n => journal.Claim(Row(n)).RecordOutcomeAsync(Outcome(Row(n)))).ToArray();
            _disk.Release();
            await Task.WhenAll([first, .. together]);
        }

        var lines = await File.ReadAllLinesAsync(_folder.Journal, TestContext.Current.CancellationToken);
        Assert.Equal([true, false, true, true, true, false, false], lines.Select(static line => line.Contains("\"flush\":true,\"crc32\"", StringComparison.Ordinal)));
    }
}
