using IotCard.Client.Cards;
using IotCard.Client.Journaling;
using IotCard.Client.Rules;
using IotCard.Client.Service;
using Microsoft.Extensions.Time.Testing;

namespace IotCard.Client.Tests.Journaling;

/// <summary>What a report reads of a journal: its runs and who made them, and what a settled row had been.</summary>
public sealed class JournalDetailsTests : IDisposable
{
    private static readonly JournalJob Job = new(BindingOperation.Unbind, BindingApi.DefaultEndpoint);
    private static readonly BindingRow Row = BindingRow.Unbind("89860412345678901234", "490154203237518");
    private static readonly DateTimeOffset Sent = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(Sent.AddHours(1));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_journal_says_when_each_run_started_and_who_made_it()
    {
        await WriteAsync(OutcomeStatus.Failed, new JournalCaller("ops", "host-1", "LTAI****0001"));
        _clock.Advance(TimeSpan.FromDays(1));
        await WriteAsync(OutcomeStatus.Succeeded, caller: null);

        var details = JournalDetails.Read(_folder.Journal);

        Assert.Equal(
            [
                new JournalRun(Sent.AddHours(1), new JournalCaller("ops", "host-1", "LTAI****0001")),
                new JournalRun(Sent.AddHours(25), new JournalCaller(null, null, null)),
            ],
            details.Runs);
        Assert.Equal((Job, OutcomeStatus.Succeeded, null), (details.Job, details.Rows.Single().Outcome.Status, details.Rows.Single().Unsettled));
    }

    [Fact]
    public async Task Each_run_has_the_hash_of_its_own_list_and_one_that_recorded_none_has_none()
    {
        foreach (var hash in new[] { "aa11", null, "aa11", "bb22" })
        {
            await using var journal = await Journal.OpenAsync(_folder.Journal, Job, _clock);
            await (hash is null ? Task.CompletedTask : journal.RecordListAsync(hash));
            await journal.Claim(Row).RecordOutcomeAsync(JournalSamples.Outcome(Row));
        }

        Assert.Equal(["aa11", null, "aa11", "bb22"], JournalDetails.Read(_folder.Journal).Runs.Select(static run => run.ListHash));
        Assert.Equal("bb22", JournalReader.Summarize(_folder.Journal)?.ListHash);
    }

    [Fact]
    public async Task The_summary_does_not_take_an_earlier_runs_list_for_the_last_ones()
    {
        await using (var first = await Journal.OpenAsync(_folder.Journal, Job, _clock))
        {
            await first.RecordListAsync("aa11");
        }

        await using (await Journal.OpenAsync(_folder.Journal, Job, _clock))
        {
        }

        Assert.Null(JournalReader.Summarize(_folder.Journal)?.ListHash);
    }

    [Theory]
    [InlineData("{\"kind\":\"l")]
    [InlineData("{\"kind\":\"list\",\"hash\":\"aa1")]
    public async Task A_torn_record_of_a_list_puts_no_row_in_doubt(string fragment)
    {
        await WriteAsync(OutcomeStatus.Succeeded);
        await File.AppendAllTextAsync(_folder.Journal, fragment, TestContext.Current.CancellationToken);

        await using var journal = await Journal.OpenAsync(_folder.Journal, Job, _clock);
        await journal.RecordListAsync("bb22");

        Assert.Equal(OutcomeStatus.Succeeded, journal.Claim(Row).Recorded.Outcome?.Status);
        Assert.Null(journal.Claim(JournalSamples.Row(7)).Recorded.Outcome);
        Assert.Equal([null, "bb22"], JournalDetails.Read(_folder.Journal).Runs.Select(static run => run.ListHash));
    }

    [Fact]
    public void The_caller_of_this_process_has_a_machine_and_the_key_that_is_given()
    {
        var caller = JournalCaller.Current("LTAI****0001");

        Assert.Equal((Environment.MachineName, "LTAI****0001"), (caller.Machine, caller.AccessKeyId));
        Assert.NotEqual(string.Empty, caller.User);
    }

    [Fact]
    public async Task A_settled_row_still_has_what_it_had_been()
    {
        await WriteAsync(OutcomeStatus.Unknown);
        await JournalSamples.ResolveAsync(_folder.Journal, Row.Iccid, Row.Imei, OutcomeStatus.Succeeded, "seen", _clock);

        var row = JournalDetails.Read(_folder.Journal).Rows.Single();

        Assert.Equal((OutcomeStatus.Succeeded, OutcomeCode.Resolved, "seen"), (row.Outcome.Status, row.Outcome.Code, row.Outcome.Resolution?.Comment));
        Assert.Equal((OutcomeStatus.Unknown, "R-1", Sent), (row.Unsettled?.Status, row.Unsettled?.RequestId, row.Unsettled?.CompletedAt));
    }

    [Fact]
    public async Task A_settled_row_that_was_sent_again_is_no_longer_a_settled_one()
    {
        await WriteAsync(OutcomeStatus.Unknown);
        await JournalSamples.ResolveAsync(_folder.Journal, Row.Iccid, Row.Imei, OutcomeStatus.Failed, "seen", _clock);
        await WriteAsync(OutcomeStatus.Succeeded);

        Assert.Null(JournalDetails.Read(_folder.Journal).Rows.Single().Unsettled);
    }

    private async Task WriteAsync(OutcomeStatus status, JournalCaller? caller = null)
    {
        await using var journal = await Journal.OpenAsync(_folder.Journal, Job, _clock, caller);
        await journal.Claim(Row).RecordOutcomeAsync(new RowOutcome
        {
            Row = Row,
            Status = status,
            Code = status == OutcomeStatus.Unknown ? OutcomeCode.OutcomeUnknown : "any",
            RequestId = "R-1",
            CompletedAt = Sent,
        });
    }
}
