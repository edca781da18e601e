using IotCard.Client.Cards;
using IotCard.Client.Journaling;
using IotCard.Client.Rules;
using IotCard.Client.Service;
using static IotCard.Client.Tests.Journaling.JournalSamples;

namespace IotCard.Client.Tests.Journaling;

/// <summary>The last row of a card decides: what an earlier one made of the card is not today's truth.</summary>
public sealed class OvertakenTests : IDisposable
{
    private static readonly JournalJob Rebinds = new(BindingOperation.Rebind, BindingApi.DefaultEndpoint);
    private static readonly BindingRow There = BindingRow.Rebind(SyntheticNumbers.Iccid(0), SyntheticNumbers.Imei(0), SyntheticNumbers.Imei(1));
    private static readonly BindingRow Back = BindingRow.Rebind(SyntheticNumbers.Iccid(0), SyntheticNumbers.Imei(1), SyntheticNumbers.Imei(0));
    private static readonly BindingRow OfAnotherCard = BindingRow.Rebind(SyntheticNumbers.Iccid(9), SyntheticNumbers.Imei(8), SyntheticNumbers.Imei(9));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(OutcomeStatus.Succeeded, true)]
    [InlineData(OutcomeStatus.Unknown, true)]
    [InlineData(OutcomeStatus.Failed, false)]
    public async Task A_success_is_overtaken_by_a_later_row_that_changed_the_card_or_may_have(OutcomeStatus later, bool isOvertaken)
    {
        await RecordAsync((There, OutcomeStatus.Succeeded), (OfAnotherCard, OutcomeStatus.Succeeded), (Back, later));

        await using var journal = await Journal.OpenAsync(_folder.Journal, Rebinds);

        var recorded = journal.Claim(There).Recorded;
        Assert.Equal(isOvertaken, recorded.IsOvertaken);
        Assert.Equal(isOvertaken ? RowAction.Refuse : RowAction.AlreadyDone, JournalRules.Decide(recorded, DateTimeOffset.UtcNow, retriesUnknown: false).Action);
        Assert.False(journal.Claim(OfAnotherCard).Recorded.IsOvertaken);
        Assert.False(journal.Claim(Back).Recorded.IsOvertaken);
    }

    [Fact]
    public async Task It_is_overtaken_by_a_request_that_was_in_flight()
    {
        await RecordAsync((There, OutcomeStatus.Succeeded));
        await using (var journal = await Journal.OpenAsync(_folder.Journal, Rebinds))
        {
            await RecordIntentAsync(journal.Claim(Back), Back);
        }

        await using var again = await Journal.OpenAsync(_folder.Journal, Rebinds);
        Assert.True(again.Claim(There).Recorded.IsOvertaken);
    }

    [Fact]
    public async Task The_same_list_again_is_done_already()
    {
        await RecordAsync((There, OutcomeStatus.Succeeded), (Back, OutcomeStatus.Succeeded));

        await using var journal = await Journal.OpenAsync(_folder.Journal, Rebinds);
        var list = new[] { journal.Claim(There), journal.Claim(Back) };

        Assert.All(list, static entry => Assert.False(entry.Recorded.IsOvertaken));
    }

    [Fact]
    public async Task In_another_order_the_row_that_comes_last_in_the_list_does_not_tell_the_truth()
    {
        await RecordAsync((There, OutcomeStatus.Succeeded), (Back, OutcomeStatus.Succeeded));

        await using var journal = await Journal.OpenAsync(_folder.Journal, Rebinds);
        var (back, there) = (journal.Claim(Back), journal.Claim(There));

        Assert.Equal((false, true), (back.Recorded.IsOvertaken, there.Recorded.IsOvertaken));
    }

    [Fact]
    public async Task A_later_identical_row_made_it_true_again()
    {
        await RecordAsync((There, OutcomeStatus.Succeeded), (Back, OutcomeStatus.Succeeded), (There, OutcomeStatus.Succeeded));

        await using var journal = await Journal.OpenAsync(_folder.Journal, Rebinds);

        Assert.False(journal.Claim(There).Recorded.IsOvertaken);
        await using var dryRun = Journal.OpenForWhatIf(_folder.Journal, Rebinds)!;
        Assert.True(dryRun.Claim(Back).Recorded.IsOvertaken);
    }

    private async Task RecordAsync(params (BindingRow Row, OutcomeStatus Status)[] rows)
    {
        await using var journal = await Journal.OpenAsync(_folder.Journal, Rebinds);
        foreach (var (row, status) in rows)
        {
            await journal.Claim(row).RecordOutcomeAsync(Outcome(row, status));
        }
    }
}
