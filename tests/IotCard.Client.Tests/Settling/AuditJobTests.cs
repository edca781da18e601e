using IotCard.Client.Cards;
using IotCard.Client.Journaling;
using IotCard.Client.Rules;
using IotCard.Client.Service;
using IotCard.Client.Settling;
using IotCard.Client.Tests.Journaling;
using Microsoft.Extensions.Time.Testing;

namespace IotCard.Client.Tests.Settling;

/// <summary>Which rows of a journal are looked up, for what time and when, and that a settled one is recorded as such.</summary>
public sealed class AuditJobTests : IDisposable
{
    private const string Key = "LTAI5t";

    private static readonly JournalJob Job = new(BindingOperation.Unbind, BindingApi.DefaultEndpoint);
    private static readonly DateTimeOffset Sent = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);
    private static readonly BindingRow Row = Card(1);

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(Sent);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_time_is_that_in_which_the_gateway_accepts_the_requests_and_never_in_the_future()
    {
        await WriteAsync(Row, "n1", OutcomeStatus.Unknown);
        _clock.Advance(TimeSpan.FromHours(1));
        await WriteAsync(Card(2), "n2", OutcomeStatus.Unknown);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await WriteAsync(Card(3), "n3", OutcomeStatus.Succeeded);

        var soon = AuditJob.Read(_folder.Journal, _clock).Span!.Value;
        _clock.Advance(TimeSpan.FromDays(1));
        var later = AuditJob.Read(_folder.Journal, _clock).Span!.Value;

        Assert.Equal(Sent.AddMinutes(-15).AddSeconds(-1), soon.Start);
        Assert.Equal(Sent.AddMinutes(61), soon.End);
        Assert.Equal((soon.Start, Sent.AddMinutes(75).AddSeconds(1)), (later.Start, later.End));
    }

    [Fact]
    public async Task A_row_is_ready_ten_minutes_after_its_run_gave_it_up()
    {
        await WriteAsync(Row, "n1", OutcomeStatus.Unknown);

        var job = AuditJob.Read(_folder.Journal, _clock);

        Assert.Equal(Sent.AddMinutes(10), job.ReadyAt);
        Assert.Equal(AuditFinding.TooEarly, Assert.Single(job.Conclude([], Key)).Conclusion.Finding);
        _clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(AuditFinding.NoEvent, Assert.Single(job.Conclude([], Key)).Conclusion.Finding);
    }

    [Fact]
    public async Task A_row_that_the_next_run_may_still_resend_is_left_to_it()
    {
        await WriteAsync(Row, "n1", status: null);
        _clock.Advance(TimeSpan.FromMinutes(9));
        var job = AuditJob.Read(_folder.Journal, _clock);

        Assert.True(Assert.Single(job.Rows).IsUnderWay);
        Assert.Equal(Sent.AddMinutes(20), job.ReadyAt);
        Assert.Equal(AuditFinding.TooEarly, Assert.Single(job.Conclude([Done("n1")], Key)).Conclusion.Finding);
        _clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(AuditFinding.Executed, Assert.Single(AuditJob.Read(_folder.Journal, _clock).Conclude([Done("n1")], Key)).Conclusion.Finding);
    }

    [Fact]
    public async Task Beyond_ninety_days_nothing_is_looked_up()
    {
        await WriteAsync(Row, "n1", OutcomeStatus.Unknown);
        _clock.Advance(TimeSpan.FromDays(91));
        var job = AuditJob.Read(_folder.Journal, _clock);

        Assert.Null(job.Span);
        Assert.Equal(AuditFinding.TooOld, Assert.Single(job.Conclude([], Key)).Conclusion.Finding);
    }

    [Fact]
    public async Task The_requests_of_two_runs_are_both_in_doubt_and_one_that_was_answered_is_not()
    {
        await WriteAsync(Row, "n1", OutcomeStatus.Failed);
        await WriteAsync(Row, "n2", OutcomeStatus.Unknown);
        await WriteAsync(Row, "n3", OutcomeStatus.Unknown);

        Assert.Equal(["n2", "n3"], Assert.Single(AuditJob.Read(_folder.Journal, _clock).Rows).Intents.Select(static i => i.Nonce));
    }

    [Theory]
    [InlineData("ResponseTimeout", 2, nameof(AuditFinding.NotExecuted))]
    [InlineData("ResponseTimeout", 3, nameof(AuditFinding.ResultNotRecorded))]
    [InlineData("Interrupted", 2, nameof(AuditFinding.ResultNotRecorded))]
    [InlineData("SignatureNonceUsed", 2, nameof(AuditFinding.ResultNotRecorded))]
    public async Task Refusals_count_only_if_it_is_known_how_often_the_row_was_sent(string reason, int attempts, string finding)
    {
        await WriteAsync(Row, "n1", OutcomeStatus.Unknown, reason, attempts);
        _clock.Advance(TimeSpan.FromHours(1));
        AuditEvent[] refusals = [Refused("E1"), Refused("E2")];

        Assert.Equal(finding, Assert.Single(AuditJob.Read(_folder.Journal, _clock).Conclude(refusals, Key)).Conclusion.Finding.ToString());
    }

    [Theory]
    [InlineData("r-1", true)]
    [InlineData("R-1", true)]
    [InlineData("r-2", false)]
    public async Task An_answered_request_of_the_job_shows_whether_the_trail_is_the_right_one(string recorded, bool isKnown)
    {
        await WriteAsync(Row, "n1", OutcomeStatus.Unknown);
        Assert.Null(AuditJob.Read(_folder.Journal, _clock).IsKnownTo([]));
        await WriteAsync(Card(2), "n2", OutcomeStatus.Succeeded);
        _clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(isKnown, AuditJob.Read(_folder.Journal, _clock).IsKnownTo([Done("n9") with { RequestId = recorded }]));
    }

    [Theory]
    [InlineData(9, null)]
    [InlineData(10, false)]
    public async Task A_trail_is_not_suspected_before_the_events_must_be_there(int minutes, bool? isKnown)
    {
        await WriteAsync([(Row, "n1", OutcomeStatus.Unknown), (Card(2), "n2", OutcomeStatus.Succeeded)]);
        _clock.Advance(TimeSpan.FromMinutes(minutes));

        Assert.Equal(isKnown, AuditJob.Read(_folder.Journal, _clock).IsKnownTo([]));
    }

    [Fact]
    public async Task Two_rows_with_the_same_identifiers_are_told_apart_by_their_nonces_only()
    {
        await WriteAsync([(Row, "n1", OutcomeStatus.Succeeded), (Row, "n2", OutcomeStatus.Unknown)]);
        _clock.Advance(TimeSpan.FromHours(1));
        var job = AuditJob.Read(_folder.Journal, _clock);

        Assert.Equal(AuditFinding.NoEvent, Assert.Single(job.Conclude([Done("n1")], Key)).Conclusion.Finding);
        Assert.Equal(AuditFinding.Ambiguous, Assert.Single(job.Conclude([Done("n1") with { UserAgent = null }], Key)).Conclusion.Finding);
        Assert.Equal(AuditFinding.Executed, Assert.Single(job.Conclude([Done("n2")], Key)).Conclusion.Finding);
    }

    private static BindingRow Card(int n) => BindingRow.Unbind($"8986041234567890{n:D4}", "490154203237518");

    private static AuditEvent Done(string nonce) => new()
    {
        EventId = "E-" + nonce,
        Time = Sent,
        Iccid = Row.Iccid,
        Imei = Row.Imei,
        OpionType = "unBind",
        AccessKeyId = Key,
        UserAgent = $"IotCard/0.1.0 (nonce {nonce})",
        AnswerCode = "OK",
        IsModSuccess = true,
    };

    private static AuditEvent Refused(string id) => Done("n1") with { EventId = id, ErrorCode = "NoPermission", AnswerCode = null, IsModSuccess = null };

    private Task WriteAsync(BindingRow row, string nonce, OutcomeStatus? status, string? reason = null, int attempts = 1) =>
        WriteAsync([(row, nonce, status)], reason, attempts);

    /// <summary>A run that sends rows, and records how they ended unless it dies.</summary>
    private async Task WriteAsync(IReadOnlyList<(BindingRow Row, string Nonce, OutcomeStatus? Status)> rows, string? reason = null, int attempts = 1)
    {
        await using var journal = await Journal.OpenAsync(_folder.Journal, Job, _clock);
        foreach (var (row, nonce, status) in rows)
        {
            var entry = journal.Claim(row);
            await entry.RecordIntentAsync(new RecordedIntent(nonce, _clock.GetUtcNow(), "0123456789abcdef"), CancellationToken.None);
            if (status is { } ended)
            {
                await entry.RecordOutcomeAsync(new RowOutcome
                {
                    Row = row,
                    Status = ended,
                    Code = ended == OutcomeStatus.Unknown ? OutcomeCode.OutcomeUnknown : "OK",
                    Reason = reason,
                    RequestId = ended == OutcomeStatus.Succeeded ? "r-1" : null,
                    Attempts = attempts,
                    CompletedAt = _clock.GetUtcNow(),
                });
            }
        }
    }
}
