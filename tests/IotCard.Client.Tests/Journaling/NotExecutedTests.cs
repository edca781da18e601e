using IotCard.Client.Journaling;
using IotCard.Client.Rules;
using Microsoft.Extensions.Time.Testing;
using static IotCard.Client.Tests.Journaling.JournalSamples;

namespace IotCard.Client.Tests.Journaling;

/// <summary>A run that is killed while a row waits for its retry leaves what it knew: that the row was not executed.</summary>
public sealed class NotExecutedTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_row_has_failed_until_it_is_sent_again()
    {
        await using (var journal = await Journal.OpenAsync(_folder.Journal, Job, _clock))
        {
            var entry = journal.Claim(Row(0));
            await RecordIntentAsync(entry, Row(0));
            await entry.RecordNotExecutedAsync("Throttling.User", CancellationToken.None);
        }

        var read = Assert.Single(JournalReader.Read(_folder.Journal).Outcomes);
        Assert.Equal((OutcomeStatus.Failed, "Throttling.User", 1, _clock.GetUtcNow()), (read.Status, read.Code, read.Attempts, read.CompletedAt));
        await using var again = await Journal.OpenAsync(_folder.Journal, Job, _clock);
        var recorded = again.Claim(Row(0)).Recorded;
        Assert.Equal((false, null), (recorded.IsInDoubt, recorded.OpenIntent));
        Assert.Equal(RowAction.Send, JournalRules.Decide(recorded, _clock.GetUtcNow(), retriesUnknown: false).Action);
    }

    [Fact]
    public async Task The_next_request_of_a_row_that_was_not_executed_is_in_doubt_like_any_other()
    {
        await using (var journal = await Journal.OpenAsync(_folder.Journal, Job, _clock))
        {
            var entry = journal.Claim(Row(0));
            await RecordIntentAsync(entry, Row(0));
            await entry.RecordNotExecutedAsync("ConnectionFailed", CancellationToken.None);
            await RecordIntentAsync(entry, Row(0));
        }

        await using var again = await Journal.OpenAsync(_folder.Journal, Job, _clock);
        Assert.NotNull(again.Claim(Row(0)).Recorded.OpenIntent);
    }

    [Fact]
    public async Task A_row_that_may_have_been_executed_before_stays_unknown()
    {
        await using (var journal = await Journal.OpenAsync(_folder.Journal, Job, _clock))
        {
            await journal.Claim(Row(0)).RecordOutcomeAsync(Outcome(Row(0), OutcomeStatus.Unknown));
        }

        await using (var journal = await Journal.OpenAsync(_folder.Journal, Job, _clock))
        {
            var entry = journal.Claim(Row(0));
            await RecordIntentAsync(entry, Row(0));
            await entry.RecordNotExecutedAsync("ConnectionFailed", CancellationToken.None);
        }

        await using var again = await Journal.OpenAsync(_folder.Journal, Job, _clock);
        Assert.Equal((OutcomeStatus.Unknown, "ConnectionFailed"), (again.Claim(Row(0)).Recorded.Outcome?.Status, JournalReader.Read(_folder.Journal).Outcomes[0].Reason));
    }
}
