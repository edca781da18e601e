using System.Diagnostics;
using IotCard.Client.Cards;
using IotCard.Client.Journaling;
using IotCard.Client.Sending;
using IotCard.Client.Service;

namespace IotCard.Client.Tests.Journaling;

/// <summary>Which files are taken for a journal, who may touch one beside its writer, and what is noticed of it.</summary>
public sealed class FileTests : IDisposable
{
    private static readonly JournalJob Job = new(BindingOperation.Unbind, BindingApi.DefaultEndpoint);
    private static readonly BindingRow Row = BindingRow.Unbind("89860412345678901234", "490154203237518");

    private readonly TemporaryFolder _folder = new();

    public enum Meddling
    {
        Deleted,
        Renamed,
        Replaced,
        ReplacedByALink,
        Truncated,
        AppendedTo,
    }

    private string Elsewhere => Path.Combine(_folder.Path, "elsewhere.jsonl");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Meddling.Deleted)]
    [InlineData(Meddling.Renamed)]
    [InlineData(Meddling.Replaced)]
    [InlineData(Meddling.ReplacedByALink)]
    [InlineData(Meddling.Truncated)]
    [InlineData(Meddling.AppendedTo)]
    public async Task What_is_done_to_the_file_under_the_run_ends_the_recording_before_anything_more_is_sent(Meddling meddling)
    {
        SkipOnWindows();
        await using var journal = await Journal.OpenAsync(_folder.Journal, Job);
        await journal.Claim(Row).RecordAsync(DamageTests.Sign(Row), "id", CancellationToken.None);

        Meddle(meddling);

        var failure = await Assert.ThrowsAsync<JournalException>(() => journal.Claim(Row).RecordAsync(DamageTests.Sign(Row), "id", CancellationToken.None).AsTask());
        Assert.Equal((JournalErrorCode.Tampered, _folder.Journal), (failure.Code, failure.Path));
        Assert.Equal(JournalErrorCode.Tampered, (await Assert.ThrowsAsync<JournalException>(() => journal.Claim(Row).CompleteAsync(Outcome()))).Code);
        Assert.Same(failure, journal.Failure);
    }

    [Fact]
    public async Task A_journal_that_is_replaced_while_the_disk_is_slow_does_not_let_its_request_go()
    {
        SkipOnWindows();
        using var disk = new FailingDisk(_folder.Journal);
        await using var journal = await Journal.OpenAsync(new JournalFile(_folder.Journal, disk), Job);
        disk.Hold();
        var recorded = journal.Claim(Row).RecordAsync(DamageTests.Sign(Row), "id", CancellationToken.None).AsTask();
        await disk.UntilHeldAsync();

        Meddle(Meddling.Replaced);
        disk.LetGo();

        Assert.Equal(JournalErrorCode.Tampered, (await Assert.ThrowsAsync<JournalException>(() => recorded)).Code);
    }

    [Fact]
    public async Task A_link_is_refused_and_what_it_leads_to_is_left_as_it_is()
    {
        SkipOnWindows();
        File.CreateSymbolicLink(_folder.Journal, Elsewhere);
        Assert.Equal(JournalErrorCode.NotAFile, (await Assert.ThrowsAsync<JournalException>(() => Journal.OpenAsync(_folder.Journal, Job))).Code);
        Assert.False(File.Exists(Elsewhere));

        await (await Journal.OpenAsync(Elsewhere, Job)).DisposeAsync();
        var before = await File.ReadAllBytesAsync(Elsewhere, TestContext.Current.CancellationToken);
        Assert.Equal(JournalErrorCode.NotAFile, (await Assert.ThrowsAsync<JournalException>(() => Journal.OpenAsync(_folder.Journal, Job))).Code);
        Assert.Equal(JournalErrorCode.NotAFile, Assert.Throws<JournalException>(() => JournalReader.Read(_folder.Journal)).Code);
        Assert.Equal(JournalErrorCode.NotAFile, Assert.Throws<JournalException>(() => Journal.OpenForWhatIf(_folder.Journal, Job)).Code);
        Assert.Equal(before, await File.ReadAllBytesAsync(Elsewhere, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_pipe_a_device_and_a_folder_are_refused_at_once()
    {
        SkipOnWindows();
        using (var made = Process.Start("mkfifo", [_folder.Journal]))
        {
            await made.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        foreach (var path in new[] { _folder.Journal, "/dev/null", _folder.Path })
        {
            Assert.Equal(JournalErrorCode.NotAFile, (await Assert.ThrowsAsync<JournalException>(() => Journal.OpenAsync(path, Job))).Code);
            Assert.Equal(JournalErrorCode.NotAFile, Assert.Throws<JournalException>(() => JournalReader.Read(path)).Code);
        }
    }

    [Fact]
    public async Task A_new_journal_is_its_owners_alone_and_one_that_others_may_write_is_told_of()
    {
        Assert.SkipUnless(ClientBuild.IsForNet, "Windows PowerShell runs where files have no mode.");
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("There is no mode to set.");
            return;
        }

        await using (var journal = await Journal.OpenAsync(_folder.Journal, Job))
        {
            Assert.False(journal.IsWritableByOthers);
        }

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.Journal));
        File.SetUnixFileMode(_folder.Journal, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherWrite);
        await using var again = await Journal.OpenAsync(_folder.Journal, Job);
        Assert.True(again.IsWritableByOthers);
    }

    [Fact]
    public async Task Is_read_by_everybody_while_a_run_writes_it()
    {
        await using var journal = await Journal.OpenAsync(_folder.Journal, Job);
        var entry = journal.Claim(Row);
        await entry.RecordAsync(DamageTests.Sign(Row), "id", CancellationToken.None);

        Assert.Equal(OutcomeCode.Interrupted, Assert.Single(JournalReader.Read(_folder.Journal)).Reason);
        await using (var whatIf = Journal.OpenForWhatIf(_folder.Journal, Job)!)
        {
            Assert.NotNull(whatIf.Claim(Row).OpenIntent);
        }

        // As Get-Content opens it.
        using (var stream = new FileStream(_folder.Journal, FileMode.Open, FileAccess.Read, FileShare.ReadWrite))
        {
            Assert.NotEqual(0, stream.ReadByte());
        }

        // Whoever has read it and closed it has not let a second writer in.
        Assert.Equal(JournalErrorCode.InUse, (await Assert.ThrowsAsync<JournalException>(() => Journal.OpenAsync(_folder.Journal, Job))).Code);
        await entry.CompleteAsync(Outcome());
        Assert.Equal(OutcomeStatus.Succeeded, Assert.Single(JournalReader.Read(_folder.Journal)).Status);
    }

    [Fact]
    public async Task Another_name_of_the_same_file_lets_no_second_writer_in()
    {
        SkipOnWindows();
        await using var journal = await Journal.OpenAsync(_folder.Journal, Job);
        using (var made = Process.Start("ln", [_folder.Journal, Elsewhere]))
        {
            await made.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(JournalErrorCode.InUse, (await Assert.ThrowsAsync<JournalException>(() => Journal.OpenAsync(Elsewhere, Job))).Code);
    }

    [Fact]
    public async Task A_copy_is_refused_as_long_as_the_original_is_there()
    {
        SkipOnWindows();
        await (await Journal.OpenAsync(_folder.Journal, Job)).DisposeAsync();
        File.Copy(_folder.Journal, Elsewhere);

        var failure = await Assert.ThrowsAsync<JournalException>(() => Journal.OpenAsync(Elsewhere, Job));
        Assert.Equal((JournalErrorCode.Copy, _folder.Journal), (failure.Code, failure.Detail));
        Assert.Equal(JournalErrorCode.Copy, Assert.Throws<JournalException>(() => Journal.OpenForWhatIf(Elsewhere, Job)).Code);

        File.Delete(_folder.Journal);
        await (await Journal.OpenAsync(Elsewhere, Job)).DisposeAsync();
    }

    [Fact]
    public async Task A_journal_that_was_moved_is_resumed()
    {
        await (await Journal.OpenAsync(_folder.Journal, Job)).DisposeAsync();
        File.Move(_folder.Journal, Elsewhere);

        await (await Journal.OpenAsync(Elsewhere, Job)).DisposeAsync();
        await (await Journal.OpenAsync(Elsewhere, Job)).DisposeAsync();
    }

    [Fact]
    public async Task A_journal_that_is_refused_is_let_go_of()
    {
        await File.WriteAllTextAsync(_folder.Journal, "no journal\n", TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<JournalException>(() => Journal.OpenAsync(_folder.Journal, Job));
        await File.WriteAllTextAsync(_folder.Journal, string.Empty, TestContext.Current.CancellationToken);

        await (await Journal.OpenAsync(_folder.Journal, Job)).DisposeAsync();
    }

    private static RowOutcome Outcome() =>
        new() { Row = Row, Status = OutcomeStatus.Succeeded, Code = OutcomeCode.Ok, CompletedAt = DateTimeOffset.UnixEpoch };

    private static void SkipOnWindows() => Assert.SkipWhen(OperatingSystem.IsWindows(), "Sharing modes forbid it there.");

    private void Meddle(Meddling meddling)
    {
        switch (meddling)
        {
            case Meddling.Deleted:
                File.Delete(_folder.Journal);
                break;
            case Meddling.Renamed:
                File.Move(_folder.Journal, Elsewhere);
                break;
            case Meddling.Replaced:
                File.Copy(_folder.Journal, Elsewhere);
                File.Move(Elsewhere, _folder.Journal, overwrite: true);
                break;
            case Meddling.ReplacedByALink:
                File.Move(_folder.Journal, Elsewhere);
                File.CreateSymbolicLink(_folder.Journal, Elsewhere);
                break;
            case Meddling.Truncated:
                using (var file = new FileStream(_folder.Journal, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
                {
                    file.SetLength(file.Length / 2);
                }

                break;
            default:
                File.AppendAllText(_folder.Journal, " ");
                break;
        }
    }
}
