using System.Text;
using IotCard.Client.Cards;
using IotCard.Client.Journaling;
using IotCard.Client.Rules;
using IotCard.Client.Service;

namespace IotCard.Client.Tests.Journaling;

/// <summary>Journals from before lines had checksums are read and resumed; what is appended to them has checksums.</summary>
public sealed class FormatOneTests : IDisposable
{
    private const string Written = """
        {"kind":"job","format":1,"operation":"Unbind","endpoint":"https://dyiotapi.aliyuncs.com"}
        {"kind":"intent","iccid":"89860018521874998319","imei":"860456038157932","number":1,"nonce":"ee15716d77704d5d8c4696bab209d14a","timestamp":"2026-11-23T20:04:41+00:00","fingerprint":"19cff5492ff5971a"}
        {"kind":"outcome","iccid":"89860018521874998319","imei":"860456038157932","number":1,"outcome":"Succeeded","code":"OK","reason":"OK","message":"OK","requestId":"D420F5C7-278D-485E-9562-DE05CC4C153D","httpStatus":200,"attempts":1,"elapsedMs":211.075,"completedAt":"2026-11-23T20:04:41.8176868+00:00"}
        {"kind":"outcome","iccid":"89860219070907095849","imei":"861762040877246","number":1,"outcome":"Unknown","code":"OutcomeUnknown","reason":"AnswerTimeout","attempts":2,"elapsedMs":557.545,"completedAt":"2026-11-23T20:04:42.3823165+00:00"}
        {"kind":"intent","iccid":"89860000000000000000","imei":"863588029035177","number":1,"nonce":"e1e4610c1d154413a81591e53679cbf4","timestamp":"2026-11-23T20:04:42+00:00","fingerprint":"31462f2ef6c5cf42"}

        """;

    private static readonly JournalJob Job = new(BindingOperation.Unbind, BindingApi.DefaultEndpoint);
    private static readonly BindingRow Done = BindingRow.Unbind("89860018521874998319", "860456038157932");
    private static readonly BindingRow Unknown = BindingRow.Unbind("89860219070907095849", "861762040877246");
    private static readonly BindingRow Open = BindingRow.Unbind("89860000000000000000", "863588029035177");
    private static readonly BindingRow New = BindingRow.Unbind("89860111111111111111", "863588029035177");

    private readonly TemporaryFolder _folder = new();

    public FormatOneTests() => File.WriteAllText(_folder.Journal, Written);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Is_resumed()
    {
        await using var journal = await Journal.OpenAsync(_folder.Journal, Job);

        Assert.Equal(OutcomeStatus.Succeeded, journal.Claim(Done).Recorded.Outcome?.Status);
        Assert.Equal("ResponseTimeout", journal.Claim(Unknown).Recorded.Outcome?.Reason);
        Assert.Equal("e1e4610c1d154413a81591e53679cbf4", journal.Claim(Open).Recorded.OpenIntent?.Nonce);
        Assert.False(journal.Claim(New).Recorded.IsInDoubt);
    }

    [Fact]
    public async Task A_row_without_its_number_is_damage()
    {
        await File.WriteAllTextAsync(_folder.Journal, Written.Replace("\"number\":1,\"nonce\"", "\"row\":1,\"nonce\"", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        var failure = await Assert.ThrowsAsync<JournalException>(() => Journal.OpenAsync(_folder.Journal, Job));

        Assert.Equal((JournalErrorCode.Invalid, "2"), (failure.Code, failure.Detail));
    }

    [Fact]
    public async Task An_open_intent_is_compared_by_what_its_fingerprint_covered()
    {
        await using var journal = await Journal.OpenAsync(_folder.Journal, Job);

        var intent = journal.Claim(Open).Recorded.OpenIntent!;

        Assert.False(intent.CoversNonce);
    }

    [Theory]
    [InlineData("AnswerUnreadable", "ResponseUnreadable")]
    [InlineData("AnswerWithoutVerdict", "ResponseWithoutVerdict")]
    public void Reasons_have_their_present_names(string before, string now)
    {
        File.WriteAllText(_folder.Journal, Written.Replace("AnswerTimeout", before, StringComparison.Ordinal));

        Assert.Contains(now, JournalReader.Read(_folder.Journal).Select(static o => o.Reason));
    }

    [Fact]
    public async Task Appended_lines_are_verified_by_their_checksum()
    {
        await using (var journal = await Journal.OpenAsync(_folder.Journal, Job))
        {
            await journal.Claim(New).RecordOutcomeAsync(new RowOutcome { Row = New, Status = OutcomeStatus.Failed, Code = "isv.SYSTEM_ERROR", CompletedAt = DateTimeOffset.UnixEpoch });
        }

        var text = await File.ReadAllTextAsync(_folder.Journal, TestContext.Current.CancellationToken);
        Assert.Equal(4, JournalReader.Read(_folder.Journal).Count);
        await File.WriteAllTextAsync(_folder.Journal, text.Replace("111111\"", "111112\"", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        Assert.Equal("7", Assert.Throws<JournalException>(() => JournalReader.Read(_folder.Journal)).Detail);

        // Not even as a line of format 1.
        await File.WriteAllTextAsync(_folder.Journal, text + Written.Split('\n')[3] + "\n", TestContext.Current.CancellationToken);
        Assert.Equal("8", Assert.Throws<JournalException>(() => JournalReader.Read(_folder.Journal)).Detail);
    }

    [Fact]
    public async Task A_last_line_that_was_cut_anywhere_leaves_its_row_in_doubt()
    {
        var whole = Encoding.UTF8.GetBytes(Written);
        var lastLine = Array.LastIndexOf(whole, (byte)'\n', whole.Length - 2) + 1;
        for (var length = lastLine + 1; length < whole.Length; length++)
        {
            await File.WriteAllBytesAsync(_folder.Journal, whole[..length], TestContext.Current.CancellationToken);
            await using (var first = await Journal.OpenAsync(_folder.Journal, Job))
            {
                Assert.Equal(OutcomeStatus.Succeeded, first.Claim(Done).Recorded.Outcome?.Status);
            }

            await using var journal = await Journal.OpenAsync(_folder.Journal, Job);
            Assert.True(journal.Claim(Open).Recorded.IsInDoubt, Written[lastLine..length]);
        }
    }
}
