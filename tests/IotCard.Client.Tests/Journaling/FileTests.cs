using System.Diagnostics;
using IotCard.Client.Cards;
using IotCard.Client.Journaling;
using IotCard.Client.Platform;
using IotCard.Client.Rules;
using IotCard.Client.Service;
using IotCard.Client.Tests.Sending;

namespace IotCard.Client.Tests.Journaling;

/// <summary>Which files are accepted as a journal, who may access one while it is written, and which changes are detected.</summary>
public sealed class FileTests : IDisposable
{
    private static readonly JournalJob Job = new(BindingOperation.Unbind, BindingApi.DefaultEndpoint);
    private static readonly BindingRow Row = BindingRow.Unbind("89860412345678901234", "490154203237518");

    private readonly TemporaryFolder _folder = new();

    public enum Tampering
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
    [InlineData(Tampering.Deleted)]
    [InlineData(Tampering.Renamed)]
    [InlineData(Tampering.Replaced)]
    [InlineData(Tampering.ReplacedByALink)]
    [InlineData(Tampering.Truncated)]
    [InlineData(Tampering.AppendedTo)]
    public async Task Tampering_with_the_file_during_the_run_ends_recording_before_anything_more_is_sent(Tampering tampering)
    {
        SkipOnWindows();
        await using var journal = await Journal.OpenAsync(_folder.Journal, Job);
        await journal.Claim(Row).RecordIntentAsync(Intents.Record(DamageTests.Sign(Row), "id"), CancellationToken.None);

        TamperWith(tampering);

        var failure = await Assert.ThrowsAsync<JournalException>(() => journal.Claim(Row).RecordIntentAsync(Intents.Record(DamageTests.Sign(Row), "id"), CancellationToken.None).AsTask());
        Assert.Equal((JournalErrorCode.Tampered, _folder.Journal), (failure.Code, failure.Path));
        Assert.Equal(JournalErrorCode.Tampered, (await Assert.ThrowsAsync<JournalException>(() => journal.Claim(Row).RecordOutcomeAsync(Outcome()))).Code);
        Assert.Same(failure, journal.Failure);
    }

    [Fact]
    public async Task A_journal_that_is_replaced_during_a_slow_flush_prevents_its_request()
    {
        SkipOnWindows();
        using var disk = new FailingDisk(_folder.Journal);
        await using var journal = Journal.Open(new JournalFile(disk), Job, TimeProvider.System, isAutomatic: false);
        disk.Hold();
        var recorded = journal.Claim(Row).RecordIntentAsync(Intents.Record(DamageTests.Sign(Row), "id"), CancellationToken.None).AsTask();
        await disk.WaitUntilHeldAsync();

        TamperWith(Tampering.Replaced);
        disk.Release();

        Assert.Equal(JournalErrorCode.Tampered, (await Assert.ThrowsAsync<JournalException>(() => recorded)).Code);
    }

    [Fact]
    public async Task A_link_is_refused_and_its_target_unchanged()
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
    public async Task Only_its_owner_has_access_to_a_new_journal_and_one_that_others_may_write_is_reported()
    {
        Assert.SkipUnless(ClientBuild.IsForNet, "Windows PowerShell runs where files have no mode.");
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("There is no mode to set.");
            return;
        }

        await using (var journal = await Journal.OpenAsync(_folder.Journal, Job))
        {
            Assert.True(journal.Trust.IsTrusted);
        }

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.Journal));
        File.SetUnixFileMode(_folder.Journal, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherWrite);
        await using var again = await Journal.OpenAsync(_folder.Journal, Job);
        Assert.Equal((TrustReason.WritableByOthers, _folder.Journal), (again.Trust.Reason, again.Trust.Place));
    }

    [Fact]
    public async Task A_missing_folder_is_created_for_its_owner_alone()
    {
        Assert.SkipUnless(ClientBuild.IsForNet, "Windows PowerShell runs where files have no mode.");
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("There is no mode to read.");
            return;
        }

        var folder = Path.Combine(_folder.Path, "jobs", "november");

        await (await Journal.OpenAsync(Path.Combine(folder, "job.jsonl"), Job)).DisposeAsync();

        var own = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Assert.Equal((own, own), (File.GetUnixFileMode(folder), File.GetUnixFileMode(Path.GetDirectoryName(folder)!)));
    }

    [Fact]
    public async Task A_journal_can_be_read_while_a_run_writes_it()
    {
        await using var journal = await Journal.OpenAsync(_folder.Journal, Job);
        var entry = journal.Claim(Row);
        await entry.RecordIntentAsync(Intents.Record(DamageTests.Sign(Row), "id"), CancellationToken.None);

        Assert.Equal(OutcomeCode.Interrupted, Assert.Single(JournalReader.Read(_folder.Journal).Outcomes).Reason);
        await using (var whatIf = Journal.OpenForWhatIf(_folder.Journal, Job)!)
        {
            Assert.NotNull(whatIf.Claim(Row).Recorded.OpenIntent);
        }

        // As Get-Content opens it.
        using (var stream = new FileStream(_folder.Journal, FileMode.Open, FileAccess.Read, FileShare.ReadWrite))
        {
            Assert.NotEqual(0, stream.ReadByte());
        }

        // Reading and closing the file has not let a second writer in.
        Assert.Equal(JournalErrorCode.InUse, (await Assert.ThrowsAsync<JournalException>(() => Journal.OpenAsync(_folder.Journal, Job))).Code);
        await entry.RecordOutcomeAsync(Outcome());
        Assert.Equal(OutcomeStatus.Succeeded, Assert.Single(JournalReader.Read(_folder.Journal).Outcomes).Status);
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
    public async Task A_copy_is_refused_as_long_as_the_original_exists()
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
    public async Task A_refused_journal_is_closed()
    {
        await File.WriteAllTextAsync(_folder.Journal, "no journal\n", TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<JournalException>(() => Journal.OpenAsync(_folder.Journal, Job));
        await File.WriteAllTextAsync(_folder.Journal, string.Empty, TestContext.Current.CancellationToken);

        await (await Journal.OpenAsync(_folder.Journal, Job)).DisposeAsync();
    }

    private static RowOutcome Outcome() =>
        new() { Row = Row, Status = OutcomeStatus.Succeeded, Code = OutcomeCode.Ok, CompletedAt = DateTimeOffset.UnixEpoch };

    private static void SkipOnWindows() => Assert.SkipWhen(OperatingSystem.IsWindows(), "Sharing modes forbid it there.");

    private void TamperWith(Tampering tampering)
    {
        switch (tampering)
        {
            case Tampering.Deleted:
                File.Delete(_folder.Journal);
                break;
            case Tampering.Renamed:
                File.Move(_folder.Journal, Elsewhere);
                break;
            case Tampering.Replaced:
                File.Copy(_folder.Journal, Elsewhere);
                File.Move(Elsewhere, _folder.Journal, overwrite: true);
                break;
            case Tampering.ReplacedByALink:
                File.Move(_folder.Journal, Elsewhere);
                File.CreateSymbolicLink(_folder.Journal, Elsewhere);
                break;
            case Tampering.Truncated:
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
