using IotCard.Client.Cards;
using IotCard.Client.Journaling;
using IotCard.Client.Planning;
using IotCard.Client.Rules;
using IotCard.Client.Tests.Journaling;
using Microsoft.Extensions.Time.Testing;
using static IotCard.Client.Tests.Journaling.JournalSamples;

namespace IotCard.Client.Tests.Planning;

/// <summary>The plan of a list with the journal of an earlier run.</summary>
public sealed class PlannedResumeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Each_row_is_planned_by_its_own_record_and_the_list_is_checked_all_the_same()
    {
        await RecordAsync((Row(0), OutcomeStatus.Succeeded), (Row(1), OutcomeStatus.Failed), (Row(2), OutcomeStatus.Unknown), (Row(3), null));

        var rows = await PlanAsync(new PlanOptions { Clock = _clock }, Row(0), Row(1), Row(2), Row(3), Row(4), BindingRow.Unbind("123", Row(5).Imei));

        Assert.Equal(
            [RowAction.AlreadyDone, RowAction.Send, RowAction.Unknown, RowAction.Resume, RowAction.Send, RowAction.Refuse],
            rows.Select(static row => row.Decision.Action));
        Assert.Equal([true, false, true, false, false, false], rows.Select(static row => row.IsFromJournal));
        Assert.Equal(
            [OutcomeStatus.Succeeded, null, OutcomeStatus.Unknown, null, null, OutcomeStatus.Failed],
            rows.Select(static row => row.Outcome?.Status));
    }

    [Fact]
    public async Task A_request_in_flight_is_resumed_within_its_life_and_is_Unknown_beyond_it()
    {
        await RecordAsync((Row(0), null));

        var young = Assert.Single(await PlanAsync(new PlanOptions { Clock = _clock }, Row(0)));
        _clock.Advance(DoubtRules.SafeAge + TimeSpan.FromMinutes(1));
        var old = Assert.Single(await PlanAsync(new PlanOptions { Clock = _clock }, Row(0)));
        var repeated = Assert.Single(await PlanAsync(new PlanOptions { Clock = _clock, RetriesUnknown = true }, Row(0)));

        Assert.Equal((RowAction.Resume, false), (young.Decision.Action, young.IsRepeat));
        Assert.Equal((RowAction.Unknown, "Interrupted", false), (old.Decision.Action, old.Outcome!.Reason, old.IsFromJournal));
        Assert.Equal((RowAction.Send, true), (repeated.Decision.Action, repeated.IsRepeat));
    }

    [Fact]
    public async Task A_card_with_an_unknown_row_holds_back_its_later_rows_unless_it_is_to_be_sent_again()
    {
        var (first, next) = (Row(0), BindingRow.Unbind(Row(0).Iccid, Row(1).Imei));
        await RecordAsync((first, OutcomeStatus.Unknown));
        var skips = new PlanOptions { Clock = _clock, SkipsListCheck = true };

        var held = await PlanAsync(skips, first, next);
        var sent = await PlanAsync(skips with { RetriesUnknown = true }, first, next);

        Assert.Equal(("PredecessorUnknown", RowAction.Refuse), (held[1].Decision.Code, held[1].Decision.Action));
        Assert.All(sent, static row => Assert.Equal(RowAction.Send, row.Decision.Action));
    }

    [Fact]
    public async Task Rows_that_are_done_still_count_among_those_that_contradict_each_other()
    {
        var (first, next) = (Row(0), BindingRow.Unbind(Row(0).Iccid, Row(1).Imei));
        await RecordAsync((first, OutcomeStatus.Succeeded));

        var rows = await PlanAsync(new PlanOptions { Clock = _clock }, first, next);

        Assert.Equal([RowAction.AlreadyDone, RowAction.Refuse], rows.Select(static row => row.Decision.Action));
        Assert.Equal("CardTwice", rows[1].Decision.Code);
    }

    private async Task RecordAsync(params (BindingRow Row, OutcomeStatus? Status)[] records)
    {
        await using var journal = await Journal.OpenAsync(_folder.Journal, Job, _clock);
        foreach (var (row, status) in records)
        {
            var record = journal.Claim(row);
            await record.RecordIntentAsync(new RecordedIntent("nonce", _clock.GetUtcNow(), "fingerprint"), TestContext.Current.CancellationToken);
            if (status is { } known)
            {
                await record.RecordOutcomeAsync(Outcome(row, known));
            }
        }
    }

    private async Task<Row[]> PlanAsync(PlanOptions options, params BindingRow[] rows)
    {
        await using var journal = Journal.OpenForWhatIf(_folder.Journal, Job);
        Row[] planned = [.. rows.Select(static (row, i) => new Row(row with { RowNumber = i + 1 }))];
        new Planner(options).Plan(planned, journal);
        return planned;
    }
}
