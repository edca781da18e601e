using System.Text;
using IotCard.Client.Cards;
using IotCard.Client.Journaling;
using IotCard.Client.Rules;

namespace IotCard.Client.Tests.Journaling;

/// <summary>A file named by mistake is refused and not changed.</summary>
public sealed class NotAJournalTests : IDisposable
{
    private static readonly JournalJob Job = new(BindingOperation.Rebind, new Uri("https://dyiotapi.aliyuncs.com"));
    private static readonly BindingRow Row = BindingRow.Rebind("89860412345678901234", "490154203237518", "860456038157932");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Iccid,Imei,NewImei\n89860412345678901234,490154203237518,860456038157932\n")]
    [InlineData("89860412345678901234,490154203237518,860456038157932")]
    [InlineData("a single line that no line feed ends")]
    [InlineData("{}")]
    [InlineData("{}\n")]
    [InlineData("\n")]
    [InlineData(" ")]
    [InlineData("\0\0\0")]
    [InlineData("{\"kind\":\"note\"")]
    [InlineData("{\"kind\":\"intent\",\"iccid\":\"89860412345678901234\"")]
    [InlineData("\uFEFF{\"kind\":\"job\",\"format\":1,\"operation\":\"Rebind\",\"endpoint\":\"https://dyiotapi.aliyuncs.com\"}\n")]
    [InlineData("{\"kind\":\"job\",\"format\":2,\"operation\":\"Rebind\",\"endpoint\":\"https://dyiotapi.aliyuncs.com\"}\n")]
    [InlineData("{\"kind\":\"job\",\"format\":1,\"operation\":\"Rebind\",\"endpoint\":\"dyiotapi\"}\n")]
    [InlineData("{\"kind\":\"job\",\"format\":1,\"operation\":\"Query\",\"endpoint\":\"https://dyiotapi.aliyuncs.com\"}\n")]
    public async Task What_is_not_a_journal_is_refused_and_unchanged(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        await File.WriteAllBytesAsync(_folder.Journal, bytes, TestContext.Current.CancellationToken);

        var written = await Assert.ThrowsAsync<JournalException>(() => Journal.OpenAsync(_folder.Journal, Job));
        var whatIf = Assert.Throws<JournalException>(() => Journal.OpenForWhatIf(_folder.Journal, Job));
        var read = Assert.Throws<JournalException>(() => JournalReader.Read(_folder.Journal));

        Assert.All([written, whatIf, read], failure => Assert.Equal((JournalErrorCode.Invalid, "1"), (failure.Code, failure.Detail)));
        Assert.Equal(bytes, await File.ReadAllBytesAsync(_folder.Journal, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_journal_torn_anywhere_in_its_first_line_is_started_again()
    {
        await (await Journal.OpenAsync(_folder.Journal, Job)).DisposeAsync();
        var whole = await File.ReadAllBytesAsync(_folder.Journal, TestContext.Current.CancellationToken);

        var firstLine = Array.IndexOf(whole, (byte)'\n');
        for (var length = 0; length < firstLine; length++)
        {
            await File.WriteAllBytesAsync(_folder.Journal, whole[..length], TestContext.Current.CancellationToken);
            Assert.Empty(JournalReader.Read(_folder.Journal).Outcomes);
            await (await Journal.OpenAsync(_folder.Journal, Job)).DisposeAsync();

            var begun = await File.ReadAllBytesAsync(_folder.Journal, TestContext.Current.CancellationToken);
            Assert.Equal(whole[..(firstLine + 1)], begun[..(firstLine + 1)]);
            Assert.Equal(2, begun.Count(static b => b == (byte)'\n'));
        }
    }

    [Fact]
    public async Task A_WhatIf_run_creates_no_journal_and_changes_none()
    {
        Assert.Null(Journal.OpenForWhatIf(_folder.Journal, Job));
        Assert.False(File.Exists(_folder.Journal));

        await using (var journal = await Journal.OpenAsync(_folder.Journal, Job))
        {
            await journal.Claim(Row).RecordOutcomeAsync(new RowOutcome { Row = Row, Status = OutcomeStatus.Failed, Code = "isv.SYSTEM_ERROR", CompletedAt = DateTimeOffset.UnixEpoch });
        }

        await File.AppendAllTextAsync(_folder.Journal, "{\"kind\":\"outc", TestContext.Current.CancellationToken);
        var before = await File.ReadAllBytesAsync(_folder.Journal, TestContext.Current.CancellationToken);
        await using (var whatIf = Journal.OpenForWhatIf(_folder.Journal, Job)!)
        {
            Assert.Equal("isv.SYSTEM_ERROR", whatIf.Claim(Row).Recorded.Outcome?.Code);
        }

        Assert.Equal(before, await File.ReadAllBytesAsync(_folder.Journal, TestContext.Current.CancellationToken));
    }
}
