using System.Text.RegularExpressions;
using IotCard.Sandbox;
using IotCard.Tests.Hosting;
using static IotCard.Tests.Commands.Rows;

namespace IotCard.Tests.Commands;

/// <summary>What prompts, progress and the end of a run say about where requests go, and how to go on.</summary>
public sealed partial class SummaryTests
{
    private const string Quietly = " -ErrorAction SilentlyContinue";

    [Fact]
    public async Task The_end_says_what_was_sent_what_the_journal_knew_where_and_with_whose_key()
    {
        await using var session = await OpenAsync(3);
        var path = Path.Combine(Directory.CreateTempSubdirectory("iotcard-").FullName, "job.jsonl");
        session.SetVariable("path", path);
        var rows = session.Rows();
        session.Run("$input | Remove-IotCardBinding -Confirm:$false -JournalPath $path", rows[..2]);
        rows[2] = Unbind(SyntheticNumbers.Iccid(2), SyntheticNumbers.Imei(9));

        var run = session.Run("$input | Remove-IotCardBinding -Confirm:$false -JournalPath $path" + Quietly, rows);

        Assert.Equal(
            "Rows: 3. Succeeded: 2, failed: 1, unknown: 0. Sent by this run: 1, known from the journal: 2. "
            + $"Practice: nothing reached the live service. Endpoint: {session.Sandbox.Endpoint.Authority}, key sand**x-id. Journal: {path}",
            Assert.Single(run.Warnings));
    }

    [Fact]
    public async Task The_end_is_for_the_verbose_stream_if_everything_succeeded()
    {
        await using var session = await OpenAsync(2);

        var run = session.Run("$input | Remove-IotCardBinding -Confirm:$false -Verbose", session.Rows());

        Assert.Empty(run.Warnings);
        Assert.Contains(run.Verbose, static m => m.StartsWith("Rows: 2. Succeeded: 2, ", StringComparison.Ordinal) && m.Contains("key sand**x-id", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "To continue, run the same line again with -JournalPath '[^']+\\.jsonl'\\.$")]
    [InlineData(" -NoJournal", "key sand\\*\\*x-id\\.$")]
    public async Task After_a_stop_the_end_says_how_to_go_on_if_a_journal_can_tell_what_was_done(string options, string pattern)
    {
        await using var session = await OpenAsync(5);
        var rows = session.Rows();
        rows[0] = Unbind(SyntheticNumbers.Iccid(0), SyntheticNumbers.Imei(9));

        var run = session.Run("$input | Remove-IotCardBinding -Confirm:$false -ThrottleLimit 1 -MaximumFailureCount 0" + Quietly + options, rows);

        Assert.Equal(["isv.ERROR_BIND_NOT_EXIST", "NotSent", "NotSent", "NotSent", "NotSent"], run.Each("Code"));
        Assert.Matches(pattern, Assert.Single(run.Warnings));
    }

    [Fact]
    public async Task The_line_that_goes_on_sends_nothing_twice()
    {
        await using var session = await OpenAsync(5);
        var rows = session.Rows();
        rows[2] = Unbind(SyntheticNumbers.Iccid(2), SyntheticNumbers.Imei(9));
        var stopped = session.Run("$input | Remove-IotCardBinding -Confirm:$false -ThrottleLimit 1 -MaximumFailureCount 0" + Quietly, rows);
        var addition = Addition().Match(Assert.Single(stopped.Warnings)).Value;
        rows[2] = Unbind(SyntheticNumbers.Iccid(2), SyntheticNumbers.Imei(2));

        var run = session.Run("$input | Remove-IotCardBinding -Confirm:$false -ThrottleLimit 1 -MaximumFailureCount 0 " + addition, rows);

        Assert.Equal(["True", "True", "False", "False", "False"], run.Each("FromJournal"));
        Assert.Equal(5, session.Sandbox.Log.Executed);
    }

    [Theory]
    [InlineData("en-US", "(practice: {0}, key sand**x-id)")]
    [InlineData("zh-CN", "；练习：{0}，密钥 sand**x-id")]
    public async Task A_prompt_says_that_it_is_practice(string culture, string format)
    {
        await using var session = await ModuleSession.OpenAsync(new SandboxOptions { Fleet = Fleet.Generate(1) }, culture, ["No"]);

        session.Run("$input | Remove-IotCardBinding", session.Rows());

        Assert.Contains(string.Format(System.Globalization.CultureInfo.InvariantCulture, format, session.Sandbox.Endpoint.Authority), Assert.Single(session.Host.Prompts), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://dyiotapi.aliyuncs.com", null)]
    [InlineData("https://gateway.example.com:8443", " (gateway.example.com:8443)")]
    [InlineData("http://127.0.0.1:8920", " (practice: 127.0.0.1:8920)")]
    public async Task WhatIf_names_the_endpoint_unless_it_is_the_services_own(string endpoint, string? mark)
    {
        await using var session = await ModuleSession.OpenAsync(new SandboxOptions { Fleet = Fleet.Generate(1) }, withKey: false);

        session.Run($"$input | Remove-IotCardBinding -WhatIf -Endpoint {endpoint}", session.Rows());

        Assert.Contains(session.Host.Written, w => w.Contains($"on device {SyntheticNumbers.Imei(0)}{mark}\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("en-US", "Changing card bindings (practice)", "Throttled: waiting ")]
    [InlineData("zh-CN", "正在变更物联卡绑定（练习）", "被限流：等待 ")]
    public async Task Progress_says_first_what_is_waited_for_and_that_it_is_practice(string culture, string activity, string wait)
    {
        await using var session = await ModuleSession.OpenAsync(
            new SandboxOptions { Fleet = Fleet.Generate(2), Faults = FaultPlan.Script(FaultKind.ThrottlingUser) with { Hint = TimeSpan.FromSeconds(1) } }, culture);

        var run = session.Run("$input | Remove-IotCardBinding -Confirm:$false", session.Rows());

        Assert.All(run.Progress, p => Assert.Equal(activity, p.Activity));
        var waiting = run.Progress.First(p => p.StatusDescription.StartsWith(wait, StringComparison.Ordinal));
        Assert.Equal(-1, waiting.SecondsRemaining);
    }

    [Theory]
    [InlineData("en-US", 80)]
    [InlineData("zh-CN", 80)]
    [InlineData("zh-CN", 60)]
    [InlineData("zh-CN", 59)]
    [InlineData("zh-CN", 58)]
    public async Task Progress_in_a_console_has_as_many_characters_as_cells_and_fits(string culture, int columns)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Not every console of Windows knows characters without a width.");
        await using var session = await ModuleSession.OpenAsync(
            new SandboxOptions { Fleet = Fleet.Generate(2), Faults = FaultPlan.Script(FaultKind.ThrottlingUser) with { Hint = TimeSpan.FromSeconds(1) } }, culture, columns: columns);

        var run = session.Run("$input | Remove-IotCardBinding -Confirm:$false", session.Rows());

        Assert.NotEmpty(run.Progress);
        Assert.All(run.Progress, static p => Assert.Equal(p.Activity.Length, Cells(p.Activity)));
        Assert.All(run.Progress, static p => Assert.Equal(p.StatusDescription.Length, Cells(p.StatusDescription)));
        Assert.All(run.Progress, p => Assert.InRange(Cells(p.Activity) + Cells(p.StatusDescription) + (p.SecondsRemaining < 0 ? 0 : $"{p.SecondsRemaining}s".Length), 1, columns - 5));
        Assert.Contains(run.Progress, static p => p.StatusDescription.EndsWith('…'));
    }

    private static int Cells(string words) => words.Sum(static c => c == '\u2060' ? 0 : Wide().IsMatch(c.ToString()) ? 2 : 1);

    [GeneratedRegex(@"[\p{IsCJKUnifiedIdeographs}\p{IsCJKSymbolsandPunctuation}\p{IsHalfwidthandFullwidthForms}]")]
    private static partial Regex Wide();

    private static Task<ModuleSession> OpenAsync(int cards) => ModuleSession.OpenAsync(new SandboxOptions { Fleet = Fleet.Generate(cards) });

    [GeneratedRegex("-JournalPath '[^']+'")]
    private static partial Regex Addition();
}
