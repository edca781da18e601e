using IotCard.Client.Cards;
using IotCard.Client.Journaling;
using IotCard.Client.Rules;
using IotCard.Client.Service;
using IotCard.Client.Tests.Sending;
using Microsoft.Extensions.Time.Testing;

namespace IotCard.Client.Tests.Journaling;

/// <summary>An automatic journal counts no rows while it is written: identical rows are numbered when it is read.</summary>
public sealed class AutomaticNumberingTests : IDisposable
{
    private static readonly JournalJob Job = new(BindingOperation.Unbind, BindingApi.DefaultEndpoint);
    private static readonly BindingRow Row = BindingRow.Unbind("89860412345678901234", "490154203237518");
    private static readonly BindingRow Other = BindingRow.Unbind("89860499999999999999", "490154203237518");

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private readonly AutomaticJournals _journals;

    public AutomaticNumberingTests() => _journals = new AutomaticJournals(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_automatic_journal_says_only_the_position_of_a_row_in_the_input()
    {
        var path = await WriteAsync(async journal => await Claim(journal, Row, 7).RecordOutcomeAsync(Outcome(Row, OutcomeStatus.Failed)));

        var line = (await File.ReadAllLinesAsync(path, TestContext.Current.CancellationToken))[^1];
        Assert.DoesNotContain("\"number\"", line, StringComparison.Ordinal);
        Assert.Contains("\"row\":7,\"kind\":\"outcome\"", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_automatic_journal_claims_a_row_without_remembering_it()
    {
        const int Count = 100_000;
        await using var journal = await _journals.CreateAsync(Job, _clock);
        var row = Row with { RowNumber = 1 };
        journal.Claim(row);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Count; i++)
        {
            journal.Claim(row);
        }

        // An entry of a table, and what it takes to find it, would come on top of the row's own entry.
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / Count, 1, 100);
    }

    [Fact]
    public async Task Identical_rows_are_numbered_in_the_order_of_their_first_records()
    {
        var path = await WriteAsync(async journal =>
        {
            var first = Claim(journal, Row, 2);
            var second = Claim(journal, Row, 5);
            await Claim(journal, Other, 3).RecordOutcomeAsync(Outcome(Other, OutcomeStatus.Failed));
            await RecordAsync(first);

            // The first row has ended, but the second is quicker to record its intent.
            await RecordAsync(second);
            await first.RecordOutcomeAsync(Outcome(Row, OutcomeStatus.Succeeded));
        });

        await using var named = await Journal.OpenAsync(path, Job, _clock);
        Assert.Equal(OutcomeStatus.Succeeded, named.Claim(Row).Recorded.Outcome?.Status);
        Assert.NotNull(named.Claim(Row).Recorded.OpenIntent);
        Assert.False(named.Claim(Row).Recorded.IsInDoubt);
        Assert.Equal(OutcomeStatus.Failed, named.Claim(Other).Recorded.Outcome?.Status);
        Assert.Equal(
            [(3, OutcomeStatus.Failed), (2, OutcomeStatus.Succeeded), (5, OutcomeStatus.Unknown)],
            JournalReader.Read(path).Outcomes.Select(static o => (o.Row.RowNumber, o.Status)));
    }

    [Fact]
    public async Task Runs_that_resume_it_continue_with_its_numbers()
    {
        var path = await WriteAsync(async journal =>
        {
            await Claim(journal, Row, 1).RecordOutcomeAsync(Outcome(Row, OutcomeStatus.Succeeded));
            await Claim(journal, Row, 2).RecordOutcomeAsync(Outcome(Row, OutcomeStatus.Failed));
        });

        for (var run = 0; run < 2; run++)
        {
            await using var named = await Journal.OpenAsync(path, Job, _clock);
            Assert.Equal(OutcomeStatus.Succeeded, Claim(named, Row, 8).Recorded.Outcome?.Status);
            var second = Claim(named, Row, 9);
            Assert.Equal(OutcomeStatus.Failed, second.Recorded.Outcome?.Status);
            await second.RecordOutcomeAsync(Outcome(Row, OutcomeStatus.Failed));
            Assert.Null(Claim(named, Row, 10).Recorded.Outcome);
        }

        Assert.Equal(2, JournalReader.Read(path).Outcomes.Count);
    }

    [Fact]
    public async Task A_torn_last_line_leaves_the_row_in_doubt_that_it_belongs_to()
    {
        var path = await WriteAsync(async journal =>
        {
            await Claim(journal, Row, 1).RecordOutcomeAsync(Outcome(Row, OutcomeStatus.Succeeded));
            await RecordAsync(Claim(journal, Row, 2));
        });
        var whole = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        var lastLine = Array.LastIndexOf(whole, (byte)'\n', whole.AsSpan().TrimEnd(" \n"u8).Length - 1) + 1;
        var position = whole.AsSpan(lastLine).IndexOf("\"kind\""u8);

        for (var length = 1; lastLine + length < whole.AsSpan().TrimEnd(" \n"u8).Length; length++)
        {
            await File.WriteAllBytesAsync(path, whole[..(lastLine + length)], TestContext.Current.CancellationToken);
            for (var run = 0; run < 2; run++)
            {
                await using var named = await Journal.OpenAsync(path, Job, _clock);
                Assert.Equal(OutcomeStatus.Succeeded, named.Claim(Row).Recorded.Outcome?.Status);
                Assert.True(named.Claim(Row).Recorded.IsInDoubt, $"{length} bytes, run {run}");
                Assert.False(length >= position && named.Claim(Row).Recorded.IsInDoubt, $"{length} bytes, run {run}");
            }
        }
    }

    [Fact]
    public async Task A_person_can_resolve_one_of_identical_rows()
    {
        var path = await WriteAsync(async journal =>
        {
            await Claim(journal, Row, 1).RecordOutcomeAsync(Outcome(Row, OutcomeStatus.Failed));
            await Claim(journal, Row, 2).RecordOutcomeAsync(Outcome(Row, OutcomeStatus.Unknown));
        });

        await JournalSamples.ResolveAsync(path, Row.Iccid, Row.Imei, OutcomeStatus.Succeeded, comment: null, _clock);

        Assert.Equal([OutcomeStatus.Failed, OutcomeStatus.Succeeded], JournalReader.Read(path).Outcomes.Select(static o => o.Status));
    }

    [Fact]
    public async Task A_row_without_a_position_gets_its_number_at_once()
    {
        var path = await WriteAsync(async journal =>
        {
            await journal.Claim(Row).RecordOutcomeAsync(Outcome(Row, OutcomeStatus.Failed));
            await journal.Claim(Row).RecordOutcomeAsync(Outcome(Row, OutcomeStatus.Succeeded));
        });

        Assert.Equal([OutcomeStatus.Failed, OutcomeStatus.Succeeded], JournalReader.Read(path).Outcomes.Select(static o => o.Status));
    }

    private static JournalEntry Claim(Journal journal, BindingRow row, long position) => journal.Claim(row with { RowNumber = position });

    private static ValueTask RecordAsync(JournalEntry entry) => entry.RecordIntentAsync(Intents.Record(DamageTests.Sign(Row), "id"), CancellationToken.None);

    private static RowOutcome Outcome(BindingRow row, OutcomeStatus status) =>
        new() { Row = row, Status = status, Code = "Code", CompletedAt = DateTimeOffset.UnixEpoch };

    private async Task<string> WriteAsync(Func<Journal, Task> write)
    {
        await using var journal = await _journals.CreateAsync(Job, _clock);
        await write(journal);
        Assert.Null(journal.Failure);
        return journal.Path;
    }
}
