using System.Text;
using IotCard.Client.Cards;
using IotCard.Client.Journaling;
using IotCard.Client.Rules;
using IotCard.Client.Service;
using IotCard.Client.Signing;
using IotCard.Client.Tests.Sending;

namespace IotCard.Client.Tests.Journaling;

/// <summary>A journal whose file was cut or changed: a row that may have been sent never passes for one that was not.</summary>
public sealed class DamageTests : IDisposable
{
    private static readonly JournalJob Job = new(BindingOperation.Rebind, BindingApi.DefaultEndpoint);
    private static readonly BindingRow Row = Rebind("89860412345678901234");
    private static readonly BindingRow Other = Rebind("89860499999999999999");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_intent_that_was_cut_anywhere_leaves_its_row_in_doubt()
    {
        var (whole, lastLine) = await WriteIntentAsync();

        for (var length = lastLine + 1; length <= whole.Length; length++)
        {
            Put(whole[..length]);
            await using var journal = await Journal.OpenAsync(_folder.Journal, Job);
            var entry = journal.Claim(Row);

            Assert.True(entry.Recorded.IsInDoubt, Encoding.UTF8.GetString(whole[lastLine..length]));
            Assert.Equal(length >= whole.Length - 1, entry.Recorded.OpenIntent is not null);
        }
    }

    [Fact]
    public async Task A_torn_line_leaves_its_row_in_doubt_in_later_runs_too()
    {
        var (whole, lastLine) = await WriteIntentAsync();
        Put(whole[..(lastLine + 20)]);

        for (var run = 0; run < 3; run++)
        {
            await using var journal = await Journal.OpenAsync(_folder.Journal, Job);
            Assert.False(journal.Claim(Other).Recorded.IsInDoubt);
        }

        await using var last = await Journal.OpenAsync(_folder.Journal, Job);
        var entry = last.Claim(Row);
        Assert.Equal((OutcomeStatus.Unknown, OutcomeCode.Interrupted), (entry.Recorded.Outcome?.Status, entry.Recorded.Outcome?.Reason));
        await last.DisposeAsync();
        Assert.Equal(Row, Assert.Single(JournalReader.Read(_folder.Journal).Outcomes).Row);
    }

    [Fact]
    public async Task A_torn_retry_of_a_failed_row_leaves_it_in_doubt_and_a_row_that_failed_in_the_same_run_is_not()
    {
        await using (var journal = await Journal.OpenAsync(_folder.Journal, Job))
        {
            await journal.Claim(Row).RecordOutcomeAsync(Failed(Row));
        }

        await using (var journal = await Journal.OpenAsync(_folder.Journal, Job))
        {
            await journal.Claim(Other).RecordOutcomeAsync(Failed(Other));
            await journal.Claim(Row).RecordIntentAsync(Intents.Record(Sign(Row), "id"), CancellationToken.None);
        }

        var whole = await ReadAsync();
        Put(whole[..(LastLine(whole) + 15)]);
        await using var again = await Journal.OpenAsync(_folder.Journal, Job);

        Assert.True(again.Claim(Row).Recorded.IsInDoubt);
        Assert.Equal(OutcomeStatus.Failed, again.Claim(Other).Recorded.Outcome?.Status);
    }

    [Fact]
    public async Task An_outcome_that_lacks_only_its_line_feed_counts_and_the_next_line_stays_separate()
    {
        await using (var journal = await Journal.OpenAsync(_folder.Journal, Job))
        {
            await journal.Claim(Row).RecordOutcomeAsync(Failed(Row));
        }

        Put((await ReadAsync())[..^1]);
        Assert.Equal("isv.SYSTEM_ERROR", Assert.Single(JournalReader.Read(_folder.Journal).Outcomes).Code);
        await using (var journal = await Journal.OpenAsync(_folder.Journal, Job))
        {
            Assert.Equal("isv.SYSTEM_ERROR", journal.Claim(Row).Recorded.Outcome?.Code);
            await journal.Claim(Other).RecordOutcomeAsync(Failed(Other));
        }

        Assert.Equal([Row, Other], JournalReader.Read(_folder.Journal).Outcomes.Select(static o => o.Row));
    }

    [Fact]
    public async Task Any_changed_byte_of_any_line_is_damage_of_that_line()
    {
        var (whole, _) = await WriteIntentAsync();
        for (var i = 0; i < whole.Length - 1; i++)
        {
            if (whole[i] == (byte)'\n')
            {
                continue;
            }

            var changed = (byte[])whole.Clone();
            changed[i] = (byte)(changed[i] == (byte)'7' ? '8' : '7');
            Put(changed);

            var failure = await Assert.ThrowsAsync<JournalException>(() => Journal.OpenAsync(_folder.Journal, Job));
            var line = 1 + whole[..i].Count(static b => b == (byte)'\n');
            Assert.Equal((JournalErrorCode.Invalid, line.ToString(System.Globalization.CultureInfo.InvariantCulture)), (failure.Code, failure.Detail));
            Assert.Equal(changed, await ReadAsync());
        }
    }

    [Fact]
    public async Task A_last_line_that_was_changed_and_lost_its_line_feed_is_damaged()
    {
        var (whole, lastLine) = await WriteIntentAsync();
        whole[lastLine + 15] = (byte)(whole[lastLine + 15] ^ 1);
        Put(whole[..^1]);

        Assert.Equal(JournalErrorCode.Invalid, (await Assert.ThrowsAsync<JournalException>(() => Journal.OpenAsync(_folder.Journal, Job))).Code);
    }

    [Theory]
    [InlineData("   ")]
    [InlineData("\0\0\0\0\0")]
    public async Task Blanks_and_zeros_after_the_last_line_are_reserved_room(string tail)
    {
        var (whole, _) = await WriteIntentAsync();
        Put([.. whole, .. Encoding.UTF8.GetBytes(tail)]);

        await using (var journal = await Journal.OpenAsync(_folder.Journal, Job))
        {
            Assert.NotNull(journal.Claim(Row).Recorded.OpenIntent);
            await journal.Claim(Other).RecordOutcomeAsync(Failed(Other));
        }

        Assert.Equal([Row, Other], JournalReader.Read(_folder.Journal).Outcomes.Select(static o => o.Row));
        Assert.DoesNotContain((byte)0, await ReadAsync());
    }

    [Fact]
    public void The_fingerprint_covers_nonce_and_timestamp()
    {
        var request = Sign(Row);
        var intent = Intents.Record(request, "id");

        Assert.True(Intents.Matches(intent, request, "id"));
        Assert.False(Intents.Matches(intent, Sign(Row, nonce: "another"), "id"));
        Assert.False(Intents.Matches(intent, Sign(Row, at: request.Timestamp.AddSeconds(1)), "id"));
    }

    private static BindingRow Rebind(string iccid) => BindingRow.Rebind(iccid, "490154203237518", "860456038157932");

    private static RowOutcome Failed(BindingRow row) =>
        new() { Row = row, Status = OutcomeStatus.Failed, Code = "isv.SYSTEM_ERROR", CompletedAt = DateTimeOffset.UnixEpoch };

    internal static SignedRequest Sign(BindingRow row, string nonce = "n1", DateTimeOffset? at = null) =>
        new RequestSigner(SignatureMethod.Acs3HmacSha256).Sign(
            new BindingApi(BindingApi.DefaultEndpoint, null).ToCall(row), new Credential("id", "secret"), nonce, at ?? new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero));

    private static int LastLine(byte[] whole) => Array.LastIndexOf(whole, (byte)'\n', whole.Length - 2) + 1;

    private async Task<(byte[] Whole, int LastLine)> WriteIntentAsync()
    {
        await using (var journal = await Journal.OpenAsync(_folder.Journal, Job))
        {
            await journal.Claim(Row).RecordIntentAsync(Intents.Record(Sign(Row), "id"), CancellationToken.None);
        }

        var whole = await ReadAsync();
        return (whole, LastLine(whole));
    }

    // In place, so that it remains the same file.
    private void Put(byte[] bytes) => File.WriteAllBytes(_folder.Journal, bytes);

    private Task<byte[]> ReadAsync() => File.ReadAllBytesAsync(_folder.Journal, TestContext.Current.CancellationToken);
}
