using System.Text.Json;
using IotCard.Client.Cards;
using IotCard.Client.Journaling;
using IotCard.Client.Rules;
using IotCard.Client.Running;
using IotCard.Client.Tests.Running;

namespace IotCard.Client.Tests.Journaling;

/// <summary>What waits for the disk, what does not, and what happens if it fails.</summary>
public sealed class DiskTests : IDisposable
{
    private const string Done = """{"Code":"OK","IotModBind":{"IsModSuccess":true}}""";

    private static readonly JournalJob Job = new(BindingOperation.Unbind, new Uri("https://dyiotapi.aliyuncs.com"));

    private readonly TemporaryFolder _folder = new();
    private readonly FailingDisk _disk;

    public DiskTests() => _disk = new FailingDisk(_folder.Journal);

    public void Dispose()
    {
        _disk.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_request_is_sent_only_once_its_intent_is_on_the_disk()
    {
        await using var journal = await OpenAsync();
        using var service = new WatchedService(new RunOptions());
        _disk.Hold();

        service.Run.Add(Row(0), journal.Claim(Row(0)));
        await _disk.WaitUntilHeldAsync();
        Assert.Equal(0, service.Arrived);
        _disk.Release();
        await service.WaitUntilArrivedAsync(1);

        Assert.Equal(["job", "run", "intent"], Kinds());
        service.Respond(Row(0), Done);
        await service.TakeAsync(1);
    }

    [Fact]
    public async Task Every_row_of_a_run_whose_journal_was_replaced_says_so()
    {
        await using var journal = await OpenAsync();
        using var service = new WatchedService(new RunOptions { ThrottleLimit = 1 });
        service.Run.Add(Row(0), journal.Claim(Row(0)));
        await service.WaitUntilArrivedAsync(1);
        File.Move(_folder.Journal, _folder.Journal + ".away");
        await File.WriteAllTextAsync(_folder.Journal, string.Empty, TestContext.Current.CancellationToken);
        for (var i = 1; i < 4; i++)
        {
            service.Run.Add(Row(i), journal.Claim(Row(i)));
        }

        service.Respond(Row(0), Done);
        var results = await service.TakeAsync(4);

        Assert.Equal(JournalErrorCode.Tampered, service.Run.JournalFailure?.Code);
        Assert.Equal(OutcomeStatus.Succeeded, results[0].Outcome!.Status);
        Assert.All(results.Skip(1), static r => Assert.Contains(JournalErrorCode.Tampered, new[] { r.Outcome!.Code, r.Outcome!.Reason }));
        Assert.Equal(1, service.Arrived);
    }

    [Fact]
    public async Task An_outcome_is_published_only_once_it_is_on_the_disk()
    {
        await using var journal = await OpenAsync();
        using var service = new WatchedService(new RunOptions());
        service.Run.Add(Row(0), journal.Claim(Row(0)));
        await service.WaitUntilArrivedAsync(1);
        _disk.Hold();

        service.Respond(Row(0), Done);
        await _disk.WaitUntilHeldAsync();
        Assert.False(service.Run.TryDequeue(out _));
        _disk.Release();
        var results = await service.TakeAsync(1);

        Assert.Equal(OutcomeStatus.Succeeded, results[0].Outcome!.Status);
        Assert.Equal(["job", "run", "intent", "outcome"], Kinds());
    }

    [Fact]
    public async Task Rows_whose_outcomes_wait_for_the_disk_delay_no_other_row()
    {
        await using var journal = await OpenAsync();
        using var service = new WatchedService(new RunOptions { ThrottleLimit = 1 });
        service.Run.Add(Row(0), journal.Claim(Row(0)));
        await service.WaitUntilArrivedAsync(1);
        _disk.Hold();

        service.Respond(Row(0), Done);
        await _disk.WaitUntilHeldAsync();
        service.Run.Add(Row(1));
        await service.WaitUntilArrivedAsync(2);

        Assert.Equal([Row(1)], service.InFlight);
        _disk.Release();
        service.Respond(Row(1), Done);
        await service.TakeAsync(2);
    }

    [Fact]
    public async Task Lines_that_arrive_during_a_flush_share_the_next_write_and_flush()
    {
        await using var journal = await OpenAsync();
        var (writes, flushes) = (_disk.Writes, _disk.Flushes);
        _disk.Hold();
        var first = journal.Claim(Row(0)).RecordOutcomeAsync(Outcome(0));
        await _disk.WaitUntilHeldAsync();

        var gathered = Enumerable.Range(1, 500).Select(i => journal.Claim(Row(i)).RecordOutcomeAsync(Outcome(i))).ToList();
        Assert.DoesNotContain(gathered.Append(first), task => task.IsCompleted);
        _disk.Release();
        await Task.WhenAll(gathered.Append(first)).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.Equal(2, _disk.Writes - writes);
        Assert.Equal(2, _disk.Flushes - flushes);
        Assert.Equal(503, Kinds().Count);
    }

    [Fact]
    public async Task A_disk_that_fills_up_leaves_whole_lines_and_stops_the_run()
    {
        using var service = new WatchedService(new RunOptions { ThrottleLimit = 2 });
        await using (var journal = await OpenAsync())
        {
            for (var i = 0; i < 6; i++)
            {
                service.Run.Add(Row(i), journal.Claim(Row(i)));
            }

            await service.WaitUntilArrivedAsync(2);
            _disk.Failure = new IOException("No space left on device");
            service.Respond(Row(0), Done);
            service.Respond(Row(1), Done);
            var results = await service.TakeAsync(6);

            Assert.Equal(
                [OutcomeStatus.Succeeded, OutcomeStatus.Succeeded, OutcomeStatus.Failed, OutcomeStatus.Failed, OutcomeStatus.Failed, OutcomeStatus.Failed],
                results.Select(r => r.Outcome!.Status));
            Assert.All(results.Skip(2), r => Assert.True(r.Outcome!.Code is JournalErrorCode.NotWritable or OutcomeCode.NotSent, r.Outcome!.Code));
            Assert.All(results.Skip(2), r => Assert.Equal(0, r.Outcome!.Attempts));
        }

        Assert.Equal(2, service.Arrived);
        Assert.Equal((JournalErrorCode.NotWritable, "No space left on device"), (service.Run.JournalFailure?.Code, service.Run.JournalFailure?.Detail));
        Assert.Equal(["job", "run", "intent", "intent"], Kinds());
        Assert.All(JournalReader.Read(_folder.Journal).Outcomes, o => Assert.Equal((OutcomeStatus.Unknown, OutcomeCode.Interrupted), (o.Status, o.Reason)));
    }

    [Fact]
    public async Task A_row_in_doubt_stays_so_when_the_disk_fails()
    {
        using var service = new WatchedService(new RunOptions { ThrottleLimit = 1 });
        await using var journal = await OpenAsync();
        await journal.Claim(Row(0)).RecordOutcomeAsync(RowOutcome.Unknown(Row(0), OutcomeCode.Interrupted) with { CompletedAt = DateTimeOffset.UnixEpoch });
        await journal.DisposeAsync();
        using var second = new FailingDisk(_folder.Journal);
        await using var again = Journal.Open(new JournalFile(second), Job, TimeProvider.System, isAutomatic: false);
        second.Failure = new IOException("No space left on device");

        service.Run.Add(Row(0), again.Claim(Row(0)));
        var results = await service.TakeAsync(1);

        Assert.Equal((OutcomeStatus.Unknown, JournalErrorCode.NotWritable), (results[0].Outcome!.Status, results[0].Outcome!.Reason));
        Assert.Equal(0, service.Arrived);
    }

    [Fact]
    public async Task Whatever_error_the_disk_has_nothing_waits_for_it_forever()
    {
        await using var journal = await OpenAsync();
        _disk.Failure = new InvalidOperationException("a driver's own");

        var first = await Assert.ThrowsAsync<JournalException>(() => journal.Claim(Row(0)).RecordOutcomeAsync(Outcome(0)).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
        _disk.Failure = null;
        var later = await Assert.ThrowsAsync<JournalException>(() => journal.Claim(Row(1)).RecordOutcomeAsync(Outcome(1)).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));

        Assert.Equal((JournalErrorCode.NotWritable, "a driver's own"), (first.Code, first.Detail));
        Assert.Same(first, later);
    }

    [Fact]
    public async Task A_full_disk_is_reported_before_anything_is_sent()
    {
        _disk.Failure = new IOException("No space left on device");

        var failure = await Assert.ThrowsAsync<JournalException>(OpenAsync);

        Assert.Equal((JournalErrorCode.NotWritable, "No space left on device"), (failure.Code, failure.Detail));
        Assert.Equal(0, new FileInfo(_folder.Journal).Length);
    }

    [Fact]
    public async Task A_file_that_may_not_be_written_is_reported_before_anything_is_sent()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "This user may write every file.");
        await (await OpenAsync()).DisposeAsync();
        File.SetAttributes(_folder.Journal, FileAttributes.ReadOnly);

        var failure = await Assert.ThrowsAsync<JournalException>(() => Journal.OpenAsync(_folder.Journal, Job));

        File.SetAttributes(_folder.Journal, FileAttributes.Normal);
        Assert.Equal(JournalErrorCode.NotWritable, failure.Code);
    }

    private static BindingRow Row(int n) => BindingRow.Unbind(SyntheticNumbers.Iccid(n), SyntheticNumbers.Imei(n));

    private static RowOutcome Outcome(int n) =>
        new() { Row = Row(n), Status = OutcomeStatus.Succeeded, Code = OutcomeCode.Ok, CompletedAt = DateTimeOffset.UnixEpoch };

    private Task<Journal> OpenAsync() => Task.FromResult(Journal.Open(new JournalFile(_disk), Job, TimeProvider.System, isAutomatic: false));

    private List<string?> Kinds()
    {
        using var file = new FileStream(_folder.Journal, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return [.. reader.ReadToEnd().TrimEnd(' ').TrimEnd('\n').Split('\n').Select(static line => JsonDocument.Parse(line).RootElement.GetProperty("kind").GetString())];
    }
}
