using IotCard.Client.Cards;
using IotCard.Client.Journaling;
using IotCard.Client.Rules;
using IotCard.Client.Service;
using IotCard.Client.Tests.Sending;
using Microsoft.Extensions.Time.Testing;

namespace IotCard.Client.Tests.Journaling;

/// <summary>What a person has found out about an unknown row, and its consequences.</summary>
public sealed class ResolverTests : IDisposable
{
    private static readonly JournalJob Job = new(BindingOperation.Unbind, BindingApi.DefaultEndpoint);
    private static readonly BindingRow Row = BindingRow.Unbind("89860412345678901234", "490154203237518");
    private static readonly BindingRow Other = BindingRow.Unbind("89860412345678901235", "490154203237519");
    private static readonly DateTimeOffset Sent = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(Sent.AddHours(1));

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(OutcomeStatus.Succeeded)]
    [InlineData(OutcomeStatus.Failed)]
    public async Task A_resolution_is_appended_and_read_as_the_rows_outcome(OutcomeStatus status)
    {
        await WriteAsync(OutcomeStatus.Unknown);
        var before = await File.ReadAllTextAsync(_folder.Journal, TestContext.Current.CancellationToken);

        var resolved = await JournalSamples.ResolveAsync(_folder.Journal, Row.Iccid, Row.Imei, status, "looked up by 王, ticket 7", _clock);

        var read = Assert.Single(JournalReader.Read(_folder.Journal).Outcomes);
        Assert.Equal(read, Assert.Single(resolved));
        Assert.Equal((status, OutcomeCode.Resolved, "looked up by 王, ticket 7", _clock.GetUtcNow()), (read.Status, read.Code, read.Message, read.CompletedAt));
        Assert.StartsWith(before, await File.ReadAllTextAsync(_folder.Journal, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await using var journal = await Journal.OpenAsync(_folder.Journal, Job);
        var entry = journal.Claim(Row);
        Assert.Equal((status, false), (entry.Recorded.Outcome?.Status, entry.Recorded.IsInDoubt));
    }

    [Fact]
    public async Task The_result_says_what_the_request_had_been_and_what_proved_its_outcome()
    {
        await using (var journal = await Journal.OpenAsync(_folder.Journal, Job))
        {
            var entry = journal.Claim(Row);
            await entry.RecordIntentAsync(Intents.Record(DamageTests.Sign(Row, at: Sent), "id"), CancellationToken.None);
            await entry.RecordOutcomeAsync(JournalSamples.Outcome(Row, OutcomeStatus.Unknown) with
            {
                Reason = "ResponseTimeout", RequestId = "R-1", HttpStatus = 503, Attempts = 4, Elapsed = TimeSpan.FromSeconds(12), CompletedAt = Sent.AddSeconds(12),
            });
        }

        var unknown = Assert.Single(JournalResolver.FindUnknown(_folder.Journal, _clock));
        var resolution = new RowResolution
        {
            Status = OutcomeStatus.Succeeded, ResolvedAt = _clock.GetUtcNow(), Evidence = new AuditEvidence("E-1", Sent.AddSeconds(1), "Executed"),
        };
        var resolved = Assert.Single(await JournalResolver.ResolveAsync(_folder.Journal, [(unknown, resolution)], _clock));

        Assert.Equal("n1", Assert.Single(unknown.Intents).Nonce);
        Assert.Equal(resolved, Assert.Single(JournalReader.Read(_folder.Journal).Outcomes));
        Assert.Equal(
            (OutcomeCode.Resolved, "R-1", 503, 4, TimeSpan.FromSeconds(12), _clock.GetUtcNow()),
            (resolved.Code, resolved.RequestId, resolved.HttpStatus, resolved.Attempts, resolved.Elapsed, resolved.CompletedAt));
        Assert.Equal(resolution with { RequestedAt = Sent.AddSeconds(12) }, resolved.Resolution);
        Assert.Empty(await JournalResolver.ResolveAsync(_folder.Journal, [(unknown, resolution)], _clock));
    }

    [Fact]
    public async Task A_dry_run_changes_nothing()
    {
        await WriteAsync(OutcomeStatus.Unknown);
        var before = await File.ReadAllBytesAsync(_folder.Journal, TestContext.Current.CancellationToken);

        Assert.Equal(Row, Assert.Single(JournalResolver.FindUnknown(_folder.Journal, Row.Iccid, null, _clock)).Outcome.Row);

        Assert.Equal(before, await File.ReadAllBytesAsync(_folder.Journal, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(OutcomeStatus.Succeeded)]
    [InlineData(OutcomeStatus.Failed)]
    public async Task A_row_that_is_known_is_refused(OutcomeStatus status)
    {
        await WriteAsync(status);

        Assert.Equal(JournalErrorCode.RowNotUnknown, await RefusalAsync(Row.Iccid, null));
    }

    [Fact]
    public async Task A_missing_row_is_refused()
    {
        await WriteAsync(OutcomeStatus.Unknown);

        Assert.Equal(JournalErrorCode.RowNotFound, await RefusalAsync(Other.Iccid, null));
        Assert.Equal(JournalErrorCode.RowNotFound, await RefusalAsync(Row.Iccid, Other.Imei));
    }

    [Theory]
    [InlineData(9, JournalErrorCode.RowUnderWay)]
    [InlineData(11, null)]
    public async Task A_row_that_was_in_flight_can_be_resolved_once_its_request_can_no_longer_be_resent(int minutes, string? refusal)
    {
        await using (var journal = await Journal.OpenAsync(_folder.Journal, Job))
        {
            await journal.Claim(Row).RecordIntentAsync(Intents.Record(DamageTests.Sign(Row, at: Sent), "id"), CancellationToken.None);
        }

        _clock.SetUtcNow(Sent.AddHours(2));
        var clock = new FakeTimeProvider(Sent.AddMinutes(minutes));
        if (refusal is not null)
        {
            Assert.Equal(refusal, (await Assert.ThrowsAsync<JournalException>(() => JournalSamples.ResolveAsync(_folder.Journal, Row.Iccid, null, OutcomeStatus.Succeeded, null, clock))).Code);
            return;
        }

        await JournalSamples.ResolveAsync(_folder.Journal, Row.Iccid, null, OutcomeStatus.Succeeded, null, clock);
        Assert.Equal(OutcomeStatus.Succeeded, Assert.Single(JournalReader.Read(_folder.Journal).Outcomes).Status);
    }

    [Fact]
    public async Task A_journal_in_use_is_refused()
    {
        await WriteAsync(OutcomeStatus.Unknown);
        await using var journal = await Journal.OpenAsync(_folder.Journal, Job);

        Assert.Equal(JournalErrorCode.InUse, await RefusalAsync(Row.Iccid, null));
    }

    [Fact]
    public async Task A_missing_journal_is_not_created()
    {
        Assert.Equal(JournalErrorCode.NotFound, await RefusalAsync(Row.Iccid, null));
        Assert.False(File.Exists(_folder.Journal));
    }

    [Fact]
    public async Task Resolving_a_torn_lines_row_settles_that_row_alone()
    {
        await WriteAsync(OutcomeStatus.Succeeded);
        await File.AppendAllTextAsync(
            _folder.Journal, $$"""{"iccid":"{{Other.Iccid}}","imei":"{{Other.Imei}}","number":1,"kind":"int""", TestContext.Current.CancellationToken);

        await JournalSamples.ResolveAsync(_folder.Journal, Other.Iccid, null, OutcomeStatus.Failed, null, _clock);

        await using var journal = await Journal.OpenAsync(_folder.Journal, Job);
        var entry = journal.Claim(Other);
        Assert.Equal((OutcomeStatus.Failed, OutcomeCode.Resolved, false), (entry.Recorded.Outcome?.Status, entry.Recorded.Outcome?.Code, entry.Recorded.IsInDoubt));
    }

    private async Task WriteAsync(OutcomeStatus status)
    {
        await using var journal = await Journal.OpenAsync(_folder.Journal, Job);
        await journal.Claim(Row).RecordOutcomeAsync(new RowOutcome
        {
            Row = Row,
            Status = status,
            Code = status == OutcomeStatus.Unknown ? OutcomeCode.OutcomeUnknown : "any",
            CompletedAt = Sent,
        });
    }

    private async Task<string> RefusalAsync(string iccid, string? imei) => (await Assert.ThrowsAsync<JournalException>(
        () => JournalSamples.ResolveAsync(_folder.Journal, iccid, imei, OutcomeStatus.Succeeded, null, _clock))).Code;
}
