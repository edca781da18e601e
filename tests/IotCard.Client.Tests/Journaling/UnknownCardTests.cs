using IotCard.Client.Cards;
using IotCard.Client.Journaling;
using IotCard.Client.Rules;
using IotCard.Client.Running;
using IotCard.Client.Service;
using IotCard.Client.Tests.Running;
using IotCard.Client.Tests.Sending;

namespace IotCard.Client.Tests.Journaling;

/// <summary>A card of which the journal says that a row is Unknown, and rows of it that come later.</summary>
public sealed class UnknownCardTests : IDisposable
{
    private const string Iccid = "89860412345678901234";

    private static readonly JournalJob Job = new(BindingOperation.Rebind, BindingApi.DefaultEndpoint);
    private static readonly BindingRow First = BindingRow.Rebind(Iccid, SyntheticNumbers.Imei(0), SyntheticNumbers.Imei(1));
    private static readonly BindingRow Later = BindingRow.Rebind(Iccid, SyntheticNumbers.Imei(1), SyntheticNumbers.Imei(2));
    private static readonly BindingRow Other = BindingRow.Rebind("89860412345678905678", SyntheticNumbers.Imei(3), SyntheticNumbers.Imei(4));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(OutcomeStatus.Unknown, true)]
    [InlineData(OutcomeStatus.Failed, false)]
    [InlineData(OutcomeStatus.Succeeded, false)]
    public async Task A_later_row_is_behind_an_unknown_one_that_is_not_in_the_list(OutcomeStatus status, bool isBehind)
    {
        await RecordAsync(First, status);

        await using var journal = await Journal.OpenAsync(_folder.Journal, Job);

        Assert.Equal((isBehind, false), (journal.Claim(Later).Recorded.IsBehindUnknown, journal.Claim(Other).Recorded.IsBehindUnknown));
    }

    [Fact]
    public async Task A_row_in_flight_is_as_good_as_unknown()
    {
        await using (var journal = await Journal.OpenAsync(_folder.Journal, Job))
        {
            await journal.Claim(First).RecordIntentAsync(Intents.Record(DamageTests.Sign(First), "id"), CancellationToken.None);
        }

        Assert.True(await IsBehindUnknownAsync(Later));
    }

    [Fact]
    public async Task One_that_the_list_contains_before_it_is_left_to_the_run()
    {
        await RecordAsync(First, OutcomeStatus.Unknown);

        await using var journal = await Journal.OpenAsync(_folder.Journal, Job);
        journal.Claim(First);

        Assert.False(journal.Claim(Later).Recorded.IsBehindUnknown);
    }

    [Fact]
    public async Task An_earlier_row_is_not_behind_it()
    {
        await RecordAsync(First, OutcomeStatus.Failed);
        await RecordAsync(Later, OutcomeStatus.Unknown);

        Assert.False(await IsBehindUnknownAsync(First));
    }

    [Fact]
    public async Task Once_it_is_resolved_the_later_row_may_be_sent()
    {
        await RecordAsync(First, OutcomeStatus.Unknown);
        await RecordAsync(First, OutcomeStatus.Succeeded);

        Assert.False(await IsBehindUnknownAsync(Later));
    }

    [Fact]
    public async Task A_run_does_not_send_a_row_behind_one()
    {
        await RecordAsync(First, OutcomeStatus.Unknown);
        await using var journal = await Journal.OpenAsync(_folder.Journal, Job);
        using var service = new WatchedService(new RunOptions { ThrottleLimit = 1 });

        service.Run.Add(Later, journal.Claim(Later));
        var results = await service.TakeAsync(1);

        Assert.Equal((OutcomeStatus.Failed, OutcomeCode.PredecessorUnknown, 0), (results[0].Outcome!.Status, results[0].Outcome!.Code, service.Arrived));
    }

    [Fact]
    public async Task Rows_that_wait_for_the_first_response_when_the_run_is_stopped_are_recorded_as_not_sent()
    {
        var rows = Enumerable.Range(0, 10)
            .Select(static i => BindingRow.Rebind(SyntheticNumbers.Iccid(i), SyntheticNumbers.Imei(i), SyntheticNumbers.Imei(100 + i))).ToArray();
        await using (var journal = await Journal.OpenAsync(_folder.Journal, Job))
        {
            using var service = new WatchedService(new RunOptions { ThrottleLimit = 5 }, isReachable: false);
            foreach (var row in rows)
            {
                service.Run.Add(row, journal.Claim(row));
            }

            await service.WaitUntilArrivedAsync(1);
            service.Run.Stop();
            service.Respond(service.InFlight.Single(), """{"RequestId":"R","Code":"OK","IotModBind":{"IsModSuccess":true}}""");
            await service.TakeAsync(10);
        }

        var recorded = JournalReader.Read(_folder.Journal).Outcomes;

        Assert.Equal(rows.Order(ByIccid), recorded.Select(static o => o.Row).Order(ByIccid));
        Assert.Equal(9, recorded.Count(static o => o.Code == OutcomeCode.NotSent));
    }

    private static Comparer<BindingRow> ByIccid => Comparer<BindingRow>.Create(static (one, other) => string.CompareOrdinal(one.Iccid, other.Iccid));

    /// <summary>What the next run with this journal finds out about a row.</summary>
    private async Task<bool> IsBehindUnknownAsync(BindingRow row)
    {
        await using var journal = await Journal.OpenAsync(_folder.Journal, Job);
        return journal.Claim(row).Recorded.IsBehindUnknown;
    }

    private async Task RecordAsync(BindingRow row, OutcomeStatus status)
    {
        await using var journal = await Journal.OpenAsync(_folder.Journal, Job);
        await journal.Claim(row).RecordOutcomeAsync(
            new RowOutcome { Row = row, Status = status, Code = status == OutcomeStatus.Succeeded ? "OK" : "X", CompletedAt = DateTimeOffset.UtcNow });
    }
}
