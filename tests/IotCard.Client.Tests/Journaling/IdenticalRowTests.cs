using IotCard.Client.Cards;
using IotCard.Client.Journaling;
using IotCard.Client.Rules;
using IotCard.Client.Service;

namespace IotCard.Client.Tests.Journaling;

public sealed class IdenticalRowTests : IDisposable
{
    private const int Count = 200_000;

    private static readonly JournalJob Job = new(BindingOperation.Unbind, BindingApi.DefaultEndpoint);
    private static readonly BindingRow Row = BindingRow.Unbind("89860412345678901234", "490154203237518");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Identical_rows_are_found_without_searching_the_earlier_ones()
    {
        await using var journal = await Journal.OpenAsync(_folder.Journal, Job);

        // If each lookup started at the first row, this would be 20 billion steps, and the test would not end.
        for (var i = 0; i < Count; i++)
        {
            journal.Claim(Row);
        }

        await journal.Claim(Row).RecordOutcomeAsync(new RowOutcome { Row = Row, Status = OutcomeStatus.Failed, Code = "isv.SYSTEM_ERROR", CompletedAt = DateTimeOffset.UnixEpoch });
        await journal.DisposeAsync();
        Assert.Contains($"\"number\":{Count + 1},", await File.ReadAllTextAsync(_folder.Journal, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_rows_number_is_recorded_and_read_back_but_does_not_distinguish_rows()
    {
        await using (var journal = await Journal.OpenAsync(_folder.Journal, Job))
        {
            await journal.Claim(Row with { RowNumber = 7 }).RecordOutcomeAsync(new RowOutcome { Row = Row, Status = OutcomeStatus.Succeeded, Code = OutcomeCode.Ok, CompletedAt = DateTimeOffset.UnixEpoch });
        }

        Assert.Equal(7, Assert.Single(JournalReader.Read(_folder.Journal).Outcomes).Row.RowNumber);
        await using var again = await Journal.OpenAsync(_folder.Journal, Job);
        Assert.Equal(3, again.Claim(Row with { RowNumber = 3 }).Recorded.Outcome?.Row.RowNumber);
        Assert.Equal(Row, Row with { RowNumber = 3 });
        Assert.Equal(Row.GetHashCode(), (Row with { RowNumber = 3 }).GetHashCode());
    }
}
