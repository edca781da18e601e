using System.Management.Automation;
using System.Text.Json;
using IotCard.Sandbox;
using IotCard.Tests.Hosting;

namespace IotCard.Tests.Commands;

public sealed class JournalTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    private string Journal => Path.Combine(_folder.FullName, "retire.jsonl");

    private string Unbinding => $"$input | Remove-IotCardBinding -Confirm:$false -JournalPath '{Journal}'";

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Failed_rows_are_retried_and_new_rows_are_sent()
    {
        await using var session = await OpenAsync(10);
        var rows = session.Rows();
        var wrong = Commands.Rows.Unbind(SyntheticNumbers.Iccid(3), SyntheticNumbers.Imei(999));

        session.Run(Unbinding, rows[0], rows[1], wrong);
        var again = session.Run(Unbinding, rows[0], rows[1], wrong, rows[2]);

        Assert.Equal(["Succeeded", "Succeeded", "Failed", "Succeeded"], again.Each("Outcome"));
        Assert.Equal(["True", "True", "False", "False"], again.Each("FromJournal"));
        Assert.Equal(5, session.Sandbox.Log.Requests);
    }

    [Fact]
    public async Task Unknown_rows_are_reported_and_not_resent_unless_the_user_accepts_the_risk()
    {
        await using var session = await OpenAsync(2, FaultPlan.Script(FaultKind.ResetAfter, FaultKind.None), answers: ["Yes"]);
        var rows = session.Rows();

        var first = session.Run(Unbinding + " -ThrottleLimit 1", rows);
        var again = session.Run(Unbinding, rows);
        var sentBefore = session.Sandbox.Log.Requests;
        var retried = session.Run($"$input | Remove-IotCardBinding -RetryUnknown -JournalPath '{Journal}'", rows);

        Assert.Equal(["Unknown", "Succeeded"], first.Each("Outcome"));
        Assert.Equal(["Unknown", "Succeeded"], again.Each("Outcome"));
        Assert.Equal(["True", "True"], again.Each("FromJournal"));
        Assert.Single(again.Errors);
        Assert.Equal(["Unknown", "Succeeded"], retried.Each("Outcome"));
        Assert.Equal("isv.ERROR_BIND_NOT_EXIST", retried.Each("Code").First());
        Assert.Contains("AGAIN, although an earlier request may already have done so", Assert.Single(session.Host.Prompts), StringComparison.Ordinal);
        Assert.Equal(sentBefore + 1, session.Sandbox.Log.Requests);
        Assert.Equal(1, session.Sandbox.Log.ExecutedFor(SyntheticNumbers.Iccid(0)));
    }

    [Theory]
    [InlineData("", "Yes", 1, 1)]
    [InlineData("", "No", 1, 0)]
    [InlineData(" -Confirm:$false", "No", 0, 1)]
    [InlineData(" -Confirm", "Yes", 1, 1)]
    public async Task Retrying_an_unknown_rebind_prompts_although_a_rebind_does_not(string confirm, string answer, int prompts, int sent)
    {
        await using var session = await OpenAsync(1, FaultPlan.Script(FaultKind.ResetAfter), answers: [answer]);
        var row = Commands.Rows.Rebind(SyntheticNumbers.Iccid(0), SyntheticNumbers.Imei(0), SyntheticNumbers.Imei(5));
        var rebinding = $"$input | Set-IotCardBinding -JournalPath '{Journal}'";

        var first = session.Run(rebinding, row);
        var sentBefore = session.Sandbox.Log.Requests;
        var retried = session.Run(rebinding + " -RetryUnknown -ErrorAction SilentlyContinue" + confirm, row);

        Assert.Equal(["Unknown"], first.Each("Outcome"));
        Assert.Equal(prompts, session.Host.Prompts.Count);
        Assert.All(session.Host.Prompts, p => Assert.Contains("AGAIN", p, StringComparison.Ordinal));
        Assert.Equal(sentBefore + sent, session.Sandbox.Log.Requests);
        Assert.Equal(sent, retried.Output.Count);
    }

    [Fact]
    public async Task A_WhatIf_run_writes_no_journal_and_shows_what_remains_to_be_done()
    {
        await using var session = await OpenAsync(3);
        var rows = session.Rows();

        session.Run(Unbinding + " -WhatIf", rows);
        Assert.False(File.Exists(Journal));
        session.Run(Unbinding, rows[0]);
        var before = await File.ReadAllBytesAsync(Journal, TestContext.Current.CancellationToken);
        var whatIf = session.Run(Unbinding + " -WhatIf", rows);

        Assert.Equal(before, await File.ReadAllBytesAsync(Journal, TestContext.Current.CancellationToken));
        Assert.Equal([SyntheticNumbers.Iccid(0)], whatIf.Each("Iccid"));
        Assert.Equal(["True"], whatIf.Each("FromJournal"));
        Assert.Equal(1, session.Sandbox.Log.Requests);
    }

    /// <summary>The dry runs say what the run does: with the unknown row before it in the list, and without.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_row_behind_an_unknown_one_of_its_card_is_sent_by_no_run_and_promised_by_no_dry_run(bool isListed)
    {
        await using var session = await OpenAsync(1, FaultPlan.Script(FaultKind.ResetAfter, FaultKind.None));
        var first = session.Rows()[0];
        session.Run(Unbinding, first);
        var requests = session.Sandbox.Log.Requests;
        var later = Commands.Rows.Unbind(SyntheticNumbers.Iccid(0), SyntheticNumbers.Imei(7));
        object[] list = isListed ? [first, later] : [later];

        var whatIf = session.Run(Unbinding + " -WhatIf", list);
        var check = session.Run($"$input | Test-IotCardBinding -Operation Unbind -JournalPath '{Journal}' -Endpoint $Endpoint", list);
        var run = session.Run(Unbinding, list);

        Assert.Equal("PredecessorUnknown", whatIf.Each("Code").Last());
        Assert.Equal(("Refuse", "PredecessorUnknown"), (check.Each("Action").Last(), check.Each("Code").Last()));
        Assert.Equal("PredecessorUnknown", run.Each("Code").Last());
        Assert.Equal(requests, session.Sandbox.Log.Requests);
    }

    [Fact]
    public async Task Get_IotCardJournal_reports_what_is_wrong_with_a_file_and_continues()
    {
        await using var session = await OpenAsync(1);
        session.Run(Unbinding, session.Rows());
        var other = Path.Combine(_folder.FullName, "other.txt");
        await File.WriteAllTextAsync(other, "Dear diary\n", TestContext.Current.CancellationToken);

        var read = session.Run($"Get-IotCardJournal '{Journal}x', '{other}', '{Journal}'");

        Assert.Single(read.Output);
        Assert.Equal(["JournalNotFound", "JournalInvalid"], read.Errors.Select(e => e.FullyQualifiedErrorId.Split(',')[0]));
        Assert.Equal([ErrorCategory.ObjectNotFound, ErrorCategory.InvalidData], read.Errors.Select(e => e.CategoryInfo.Category));
    }

    [Fact]
    public async Task Get_IotCardJournal_shows_the_rows_of_a_damaged_journal_and_names_the_line()
    {
        await using var session = await OpenAsync(3);
        session.Run(Unbinding, session.Rows());
        var lines = await File.ReadAllLinesAsync(Journal, TestContext.Current.CancellationToken);
        lines[3] = lines[3].Replace("\"kind\"", "\"Kind\"", StringComparison.Ordinal);
        await File.WriteAllTextAsync(Journal, string.Join('\n', lines) + "\n", TestContext.Current.CancellationToken);

        var read = session.Run($"Get-IotCardJournal '{Journal}'");

        Assert.InRange(read.Output.Count, 2, 3);
        var error = Assert.Single(read.Errors);
        Assert.Equal(("JournalInvalid", ErrorCategory.InvalidData), (error.FullyQualifiedErrorId.Split(',')[0], error.CategoryInfo.Category));
        Assert.Contains("line 4.", error.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("Do not delete it", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_IotCardJournal_says_that_an_editor_has_saved_the_file()
    {
        await using var session = await OpenAsync(2);
        session.Run(Unbinding, session.Rows());
        var text = await File.ReadAllTextAsync(Journal, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Journal, text.Replace("\n", "\r\n", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        var read = session.Run($"Get-IotCardJournal '{Journal}'");

        Assert.Equal((2, 0), (read.Output.Count, read.Errors.Count));
        Assert.Contains("CRLF", Assert.Single(read.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Dear diary\n", "JournalInvalid", ErrorCategory.InvalidData)]
    [InlineData("{\"kind\":\"job\",\"format\":1,\"operation\":\"Rebind\",\"endpoint\":\"https://dyiotapi.aliyuncs.com\",\"crc32\":\"269a4c24\"}\n", "JournalOfAnotherJob", ErrorCategory.InvalidArgument)]
    [InlineData("{\"kind\":\"job\",\"format\":1,\"operation\":\"Unbind\",\"endpoint\":\"https://dyiotapi.aliyuncs.com\"}\n", "JournalInvalid", ErrorCategory.InvalidData)]
    public async Task A_file_that_is_not_this_jobs_journal_ends_the_command_before_anything_is_sent(string content, string code, ErrorCategory category)
    {
        await using var session = await OpenAsync(1);
        await File.WriteAllTextAsync(Journal, content, TestContext.Current.CancellationToken);

        var run = session.RunCatching(Unbinding, session.Rows());

        Assert.Equal(code, run.TerminatingError.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal(category, run.TerminatingError.CategoryInfo.Category);
        Assert.Equal(content, await File.ReadAllTextAsync(Journal, TestContext.Current.CancellationToken));
        Assert.Equal(0, session.Sandbox.Log.Requests);
    }

    [Theory]
    [InlineData("/dev/null/folder/retire.jsonl", "JournalNotWritable", "The journal * cannot be written*", "Check the disk*")]
    [InlineData("function:retire", "JournalNotInFileSystem", "*not a path in the file system (provider Function).", "Give the path of a file.")]
    public async Task A_journal_that_cannot_be_written_ends_the_command_before_anything_is_sent(string path, string code, string words, string action)
    {
        await using var session = await OpenAsync(1);

        var run = session.RunCatching($"$input | Remove-IotCardBinding -Confirm:$false -JournalPath '{path}'", session.Rows());

        Assert.Equal(code, run.TerminatingError.FullyQualifiedErrorId.Split(',')[0]);
        Assert.True(new WildcardPattern(words).IsMatch(run.TerminatingError.ToString()), run.TerminatingError.ToString());
        Assert.True(new WildcardPattern(action).IsMatch(run.TerminatingError.ErrorDetails.RecommendedAction), run.TerminatingError.ErrorDetails.RecommendedAction);
        Assert.Equal(0, session.Sandbox.Log.Requests);
    }

    [Fact]
    public async Task A_journal_in_use_ends_the_command_before_anything_is_sent()
    {
        await using var session = await OpenAsync(2);

        var run = session.RunCatching(
            $"$rows = @($input); $rows[0] | Remove-IotCardBinding -Confirm:$false -JournalPath '{Journal}' | " +
            $"ForEach-Object {{ $rows[1] | Remove-IotCardBinding -Confirm:$false -JournalPath '{Journal}' }}",
            session.Rows());

        Assert.Equal("JournalInUse", run.TerminatingError.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal(ErrorCategory.ResourceBusy, run.TerminatingError.CategoryInfo.Category);
        Assert.Equal(1, session.Sandbox.Log.Requests);
    }

    [Theory]
    [InlineData("-JournalPath ' '", "JournalNotWritable")]
    [InlineData("-JournalPath job.jsonl -NoJournal", "JournalPathAndNoJournal")]
    public async Task Contradictory_or_blank_journal_parameters_end_the_command_before_anything_is_sent(string parameters, string code)
    {
        await using var session = await OpenAsync(1);

        var run = session.RunCatching($"$input | Remove-IotCardBinding -Confirm:$false {parameters}", session.Rows());

        Assert.Equal(code, run.TerminatingError.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal(0, session.Sandbox.Log.Requests);
    }

    [Theory]
    [InlineData("-JournalPath '{0}'", true)]
    [InlineData("-NoJournal", false)]
    public async Task An_unknown_row_that_a_resumed_run_may_resend_recommends_resuming_and_resuming_settles_it(string parameters, bool isResumable)
    {
        await using var session = await OpenAsync(1, FaultPlan.Script(FaultKind.ResetBefore));
        var command = $"$input | Remove-IotCardBinding -Confirm:$false -OutageTimeoutSec 0 -MaximumRetryCount 0 {parameters.Replace("{0}", Journal, StringComparison.Ordinal)}";

        var run = session.Run(command, session.Rows());

        Assert.Equal(["Unknown"], run.Each("Outcome"));
        var action = Assert.Single(run.Errors).ErrorDetails.RecommendedAction;
        if (isResumable)
        {
            Assert.StartsWith($"Within ten minutes, run the same command again with -JournalPath '{Journal}': ", action, StringComparison.Ordinal);
            Assert.Equal(["Succeeded"], session.Run(command, session.Rows()).Each("Outcome"));
            Assert.Equal(1, session.Sandbox.Log.Executed);
        }
        else
        {
            Assert.Contains("Do not simply run this row again", action, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Each_run_records_the_hash_of_its_list_as_the_check_gives_it()
    {
        await using var session = await OpenAsync(3);
        var rows = session.Rows();
        string HashOf(params object[] list) => session.Run("($input | Test-IotCardBinding -Summary).Hash", list).Output.Single().ToString();

        session.Run(Unbinding, rows[0], rows[1]);
        session.Run(Unbinding, rows[0], rows[1]);
        session.Run(Unbinding, rows);
        session.Run(Unbinding, []);

        var recorded = (await File.ReadAllLinesAsync(Journal, TestContext.Current.CancellationToken))
            .Where(static line => line.Contains("\"kind\":\"list\"", StringComparison.Ordinal))
            .Select(static line => JsonDocument.Parse(line).RootElement.GetProperty("hash").GetString());
        Assert.Equal([HashOf(rows[0], rows[1]), HashOf(rows[0], rows[1]), HashOf(rows)], recorded.Take(3));
        Assert.NotEqual(HashOf(rows[0], rows[1]), HashOf(rows));
    }

    private static Task<ModuleSession> OpenAsync(int cards, FaultPlan? faults = null, string[]? answers = null) =>
        ModuleSession.OpenAsync(new SandboxOptions { Fleet = Fleet.Generate(cards), Faults = faults ?? new FaultPlan() }, answers: answers);
}
