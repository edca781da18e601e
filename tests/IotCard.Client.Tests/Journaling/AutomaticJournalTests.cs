using System.Text.Json;
using IotCard.Client.Cards;
using IotCard.Client.Journaling;
using IotCard.Client.Rules;
using IotCard.Client.Running;
using IotCard.Client.Service;
using IotCard.Client.Tests.Running;
using IotCard.Client.Tests.Sending;
using Microsoft.Extensions.Time.Testing;

namespace IotCard.Client.Tests.Journaling;

public sealed class AutomaticJournalTests : IDisposable
{
    private static readonly JournalJob Job = new(BindingOperation.Unbind, BindingApi.DefaultEndpoint);
    private static readonly BindingRow Row = BindingRow.Unbind("89860412345678901234", "490154203237518");

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private readonly AutomaticJournals _journals;

    public AutomaticJournalTests() => _journals = new AutomaticJournals(Path.Combine(_folder.Path, "state", "IotCard"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Automatic_journals_are_in_the_users_state_folder()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Each system has its own.");
        Assert.Equal("/home/a/.local/state/IotCard", Folder(("HOME", "/home/a")));
        Assert.Equal("/state/IotCard", Folder(("HOME", "/home/a"), ("XDG_STATE_HOME", "/state")));
        Assert.Equal("/home/a/.local/state/IotCard", Folder(("HOME", "/home/a"), ("XDG_STATE_HOME", "relative")));
        Assert.Equal("/home/a/.local/state/IotCard", Folder(("HOME", "/home/a"), ("XDG_STATE_HOME", string.Empty)));

        static string Folder(params (string Name, string Value)[] environment) =>
            AutomaticJournals.ForUser(name => environment.FirstOrDefault(v => v.Name == name).Value).Folder;
    }

    [Fact]
    public async Task An_automatic_journal_has_each_record_in_the_file_when_the_call_returns_and_survives_the_process()
    {
        var journal = await _journals.CreateAsync(Job, _clock);
        var entry = journal.Claim(Row);

        var intent = entry.RecordIntentAsync(Intents.Record(DamageTests.Sign(Row), "id"), CancellationToken.None);
        Assert.True(intent.IsCompletedSuccessfully);
        Assert.Equal(OutcomeCode.Interrupted, Assert.Single(JournalReader.Read(journal.Path).Outcomes).Reason);
        var outcome = entry.RecordOutcomeAsync(Outcome(OutcomeStatus.Succeeded));
        Assert.True(outcome.IsCompletedSuccessfully);

        // The journal is not closed here, as if the process had been killed.
        Assert.Equal(OutcomeStatus.Succeeded, Assert.Single(JournalReader.Read(journal.Path).Outcomes).Status);
        Assert.True(journal.IsAutomatic);
        Assert.Null(journal.Failure);
        await journal.DisposeAsync();
    }

    /// <summary>Otherwise a kill in between would leave two rows of a card in doubt instead of one.</summary>
    [Fact]
    public async Task An_automatic_journal_has_an_outcome_before_the_intent_of_a_row_that_waited_for_it()
    {
        const string Done = """{"Code":"OK","IotModBind":{"IsModSuccess":true}}""";
        var later = BindingRow.Unbind(Row.Iccid, SyntheticNumbers.Imei(7));
        await using var journal = await _journals.CreateAsync(Job, _clock);
        using var service = new WatchedService(new RunOptions { ThrottleLimit = 1 });
        service.Run.Add(Row, journal.Claim(Row));
        service.Run.Add(later, journal.Claim(later));

        await service.WaitUntilArrivedAsync(1);
        service.Respond(Row, Done);
        await service.WaitUntilArrivedAsync(2);
        service.Respond(later, Done);
        await service.TakeAsync(2);

        using var file = new FileStream(journal.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        var text = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Equal(
            ["job", "run", "intent", "outcome", "intent", "outcome"],
            text.TrimEnd().Split('\n').Select(static line => JsonDocument.Parse(line).RootElement.GetProperty("kind").GetString()));
    }

    [Fact]
    public async Task One_without_a_record_is_deleted_when_it_is_closed_and_any_other_is_kept()
    {
        var empty = await _journals.CreateAsync(Job, _clock);
        await empty.RecordListAsync("aa11");
        empty.Claim(Row);
        var used = await _journals.CreateAsync(Job, _clock);
        await used.Claim(Row).RecordOutcomeAsync(Outcome(OutcomeStatus.Failed));
        await empty.DisposeAsync();
        await used.DisposeAsync();

        Assert.Equal((false, true), (empty.IsKept, used.IsKept));
        Assert.Equal([used.Path], _journals.FindPaths());
        await using var named = await Journal.OpenAsync(_folder.Journal, Job);
        Assert.True(named.IsKept);
    }

    [Fact]
    public async Task A_file_that_took_the_place_of_an_empty_one_is_not_deleted()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows lets nobody replace an open journal.");
        var journal = await _journals.CreateAsync(Job, _clock);
        File.Move(journal.Path, journal.Path + ".moved");
        await File.WriteAllTextAsync(journal.Path, "another file", TestContext.Current.CancellationToken);
        await journal.DisposeAsync();

        Assert.Equal("another file", await File.ReadAllTextAsync(journal.Path, TestContext.Current.CancellationToken));
        Assert.True(File.Exists(journal.Path + ".moved"));
    }

    [Fact]
    public async Task One_that_is_named_as_a_jobs_journal_is_resumed()
    {
        var journal = await _journals.CreateAsync(Job, _clock);
        await journal.Claim(Row).RecordOutcomeAsync(Outcome(OutcomeStatus.Succeeded));
        await journal.DisposeAsync();

        await using var resumed = await Journal.OpenAsync(journal.Path, Job);

        Assert.Equal(OutcomeStatus.Succeeded, resumed.Claim(Row).Recorded.Outcome?.Status);
    }

    [Fact]
    public async Task Each_run_has_its_own_newest_first()
    {
        var first = await _journals.CreateAsync(Job, _clock);
        var second = await _journals.CreateAsync(Job, _clock);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        var third = await _journals.CreateAsync(Job, _clock);

        Assert.Equal(third.Path, _journals.FindPaths()[0]);
        Assert.Equal([first.Path, second.Path, third.Path], _journals.FindPaths().Order(StringComparer.Ordinal));
        foreach (var journal in new[] { first, second, third })
        {
            await journal.DisposeAsync();
        }
    }

    [Fact]
    public async Task Automatic_journals_are_summarized_by_outcome()
    {
        await using var journal = await _journals.CreateAsync(Job, _clock);
        await journal.Claim(Row).RecordOutcomeAsync(Outcome(OutcomeStatus.Succeeded));
        await journal.Claim(Row).RecordOutcomeAsync(Outcome(OutcomeStatus.Failed));
        await journal.Claim(Row).RecordOutcomeAsync(Outcome(OutcomeStatus.Unknown));
        await journal.Claim(Row).RecordIntentAsync(Intents.Record(DamageTests.Sign(Row), "id"), CancellationToken.None);

        var summary = JournalReader.Summarize(journal.Path)!;

        Assert.Equal((journal.Path, Job, _clock.GetUtcNow()), (summary.Path, summary.Job, summary.StartedAt));
        Assert.Equal((1, 1, 2), (summary.Succeeded, summary.Failed, summary.Unknown));
    }

    [Fact]
    public async Task A_run_continues_if_none_can_be_created()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "state"), "in the way", TestContext.Current.CancellationToken);

        await using var journal = await _journals.CreateAsync(Job, _clock);
        var entry = journal.Claim(Row);
        await entry.RecordIntentAsync(Intents.Record(DamageTests.Sign(Row), "id"), CancellationToken.None);
        await entry.RecordOutcomeAsync(Outcome(OutcomeStatus.Succeeded));

        Assert.Equal(JournalErrorCode.NotWritable, journal.Failure?.Code);
        Assert.False(entry.Recorded.IsInDoubt);
    }

    [Fact]
    public async Task A_run_continues_if_the_disk_fills_up_and_rows_in_flight_are_recorded()
    {
        var path = Path.Combine(_folder.Path, "automatic.jsonl");
        using var disk = new FailingDisk(path) { Capacity = 20_000 };
        await using var journal = Journal.Open(new JournalFile(disk), Job, _clock, isAutomatic: true);
        var entries = Enumerable.Range(0, 100).Select(_ => journal.Claim(Row)).ToList();
        foreach (var entry in entries)
        {
            await entry.RecordIntentAsync(Intents.Record(DamageTests.Sign(Row), "id"), CancellationToken.None);
        }

        var recorded = JournalReader.Read(path).Outcomes.Count;

        // First those that found no room, which must not use that of the others.
        foreach (var entry in Enumerable.Reverse(entries))
        {
            await entry.RecordOutcomeAsync(Outcome(OutcomeStatus.Succeeded));
        }

        Assert.InRange(recorded, 1, 99);
        Assert.Equal(JournalErrorCode.NotWritable, journal.Failure?.Code);
        Assert.All(JournalReader.Read(path).Outcomes.Take(recorded), static o => Assert.Equal(OutcomeStatus.Succeeded, o.Status));
    }

    [Fact]
    public async Task A_run_continues_if_the_disk_fails_completely()
    {
        var path = Path.Combine(_folder.Path, "automatic.jsonl");
        using var disk = new FailingDisk(path);
        await using var journal = Journal.Open(new JournalFile(disk), Job, _clock, isAutomatic: true);
        disk.Failure = new InvalidOperationException("a driver's own");

        await journal.Claim(Row).RecordIntentAsync(Intents.Record(DamageTests.Sign(Row), "id"), CancellationToken.None);
        await journal.Claim(Row).RecordOutcomeAsync(Outcome(OutcomeStatus.Succeeded));

        Assert.Equal((JournalErrorCode.NotWritable, "a driver's own"), (journal.Failure?.Code, journal.Failure?.Detail));
    }

    [Fact]
    public async Task One_that_is_deleted_during_the_run_is_reported()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Sharing modes forbid it there.");
        await using var journal = await _journals.CreateAsync(Job, _clock);
        File.Delete(journal.Path);

        await journal.Claim(Row).RecordIntentAsync(Intents.Record(DamageTests.Sign(Row), "id"), CancellationToken.None);

        Assert.Equal(JournalErrorCode.Tampered, journal.Failure?.Code);
    }

    [Theory]
    [InlineData(89, OutcomeStatus.Succeeded, true)]
    [InlineData(91, OutcomeStatus.Succeeded, false)]
    [InlineData(91, OutcomeStatus.Failed, false)]
    [InlineData(91, OutcomeStatus.Unknown, true)]
    public async Task Old_ones_are_removed_at_the_start_of_a_run_unless_something_in_them_is_unknown(int days, OutcomeStatus status, bool isKept)
    {
        var old = await _journals.CreateAsync(Job, _clock);
        await old.Claim(Row).RecordOutcomeAsync(Outcome(status));
        await old.DisposeAsync();
        _clock.Advance(TimeSpan.FromDays(days));

        await using var journal = await _journals.CreateAsync(Job, _clock);

        Assert.Equal(isKept, File.Exists(old.Path));
    }

    [Fact]
    public async Task Old_ones_that_were_named_as_a_jobs_journal_stay_and_so_do_other_files()
    {
        var resumed = await _journals.CreateAsync(Job, _clock);
        await resumed.Claim(Row).RecordOutcomeAsync(Outcome(OutcomeStatus.Succeeded));
        await resumed.DisposeAsync();
        await (await Journal.OpenAsync(resumed.Path, Job, _clock)).DisposeAsync();
        var named = Path.Combine(_journals.Folder, "job.jsonl");
        await using (var own = await Journal.OpenAsync(named, Job, _clock))
        {
            await own.Claim(Row).RecordOutcomeAsync(Outcome(OutcomeStatus.Succeeded));
        }

        _clock.Advance(TimeSpan.FromDays(100));

        await using var journal = await _journals.CreateAsync(Job, _clock);

        Assert.True(File.Exists(resumed.Path));
        Assert.True(File.Exists(named));
    }

    [Fact]
    public async Task Old_ones_that_are_open_torn_damaged_or_in_use_stay()
    {
        var open = await _journals.CreateAsync(Job, _clock);
        await open.Claim(Row).RecordIntentAsync(Intents.Record(DamageTests.Sign(Row), "id"), CancellationToken.None);
        await open.DisposeAsync();
        var torn = await _journals.CreateAsync(Job, _clock);
        await torn.DisposeAsync();
        await File.AppendAllTextAsync(torn.Path, "{\"iccid\":\"8986", TestContext.Current.CancellationToken);
        var damaged = await _journals.CreateAsync(Job, _clock);
        await damaged.DisposeAsync();
        await File.AppendAllTextAsync(damaged.Path, "damage\n", TestContext.Current.CancellationToken);
        await using var inUse = await _journals.CreateAsync(Job, _clock);
        _clock.Advance(TimeSpan.FromDays(100));

        await using var journal = await _journals.CreateAsync(Job, _clock);

        Assert.Equal(5, _journals.FindPaths().Count);
        Assert.Null(journal.Failure);
    }

    [Fact]
    public async Task A_folder_that_others_can_write_is_neither_used_nor_listed()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Its lists are examined in the tests of the platform.");
            return;
        }

        Directory.CreateDirectory(_journals.Folder);
        File.SetUnixFileMode(_journals.Folder, (UnixFileMode)0x1FF);
        await File.WriteAllTextAsync(Path.Combine(_journals.Folder, "20261125T000000000Z-1-1.jsonl"), "forged", TestContext.Current.CancellationToken);

        await using var journal = await _journals.CreateAsync(Job, _clock);
        await journal.Claim(Row).RecordOutcomeAsync(Outcome(OutcomeStatus.Succeeded));

        Assert.Equal((JournalErrorCode.FolderNotTrusted, _journals.Folder), (journal.Failure?.Code, journal.Failure?.Detail));
        Assert.Equal(JournalErrorCode.FolderNotTrusted, Assert.Throws<JournalException>(() => _journals.FindPaths()).Code);
        Assert.Single(Directory.GetFiles(_journals.Folder));
    }

    [Fact]
    public async Task One_that_others_can_write_is_not_summarized()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Its lists are examined in the tests of the platform.");
            return;
        }

        var journal = await _journals.CreateAsync(Job, _clock);
        await journal.Claim(Row).RecordOutcomeAsync(Outcome(OutcomeStatus.Succeeded));
        await journal.DisposeAsync();
        Assert.NotNull(JournalReader.Summarize(journal.Path));

        File.SetUnixFileMode(journal.Path, (UnixFileMode)0x1B6);

        Assert.Null(JournalReader.Summarize(journal.Path));
    }

    [Fact]
    public async Task A_place_that_the_environment_does_not_give_is_named()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Each system has its own variable.");

        await using var journal = await AutomaticJournals.ForUser(static name => name == "HOME" ? "not/absolute" : null).CreateAsync(Job, _clock);

        Assert.Equal((JournalErrorCode.NotWritable, "HOME=not/absolute"), (journal.Failure?.Code, journal.Failure?.Detail));
    }

    [Fact]
    public async Task The_date_in_the_name_tells_which_are_old()
    {
        var young = await _journals.CreateAsync(Job, _clock);
        await young.Claim(Row).RecordOutcomeAsync(Outcome(OutcomeStatus.Succeeded));
        await young.DisposeAsync();
        File.SetLastWriteTimeUtc(young.Path, _clock.GetUtcNow().UtcDateTime.AddDays(-200));

        await using var journal = await _journals.CreateAsync(Job, _clock);

        Assert.True(File.Exists(young.Path));
    }

    [Fact]
    public async Task Only_their_owner_has_access_to_folder_and_file()
    {
        Assert.SkipUnless(ClientBuild.IsForNet, "Windows PowerShell runs where files have no mode.");
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("There is no mode to set.");
            return;
        }

        await using var journal = await _journals.CreateAsync(Job, _clock);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_journals.Folder));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(journal.Path));
    }

    private static RowOutcome Outcome(OutcomeStatus status) =>
        new() { Row = Row, Status = status, Code = status == OutcomeStatus.Unknown ? OutcomeCode.OutcomeUnknown : "isv.SYSTEM_ERROR", CompletedAt = DateTimeOffset.UnixEpoch };
}
