using System.Globalization;
using System.Management.Automation;
using System.Text.RegularExpressions;
using IotCard.Sandbox;
using IotCard.Tests.Hosting;

namespace IotCard.Tests.Commands;

/// <summary>What <c>Resolve-IotCardJournal</c> asks and shows, and that waiting for the audit trail can be stopped.</summary>
public sealed class SettlingTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    private string Journal => Path.Combine(_folder.FullName, "job.jsonl");

    private string Resolving => $"Resolve-IotCardJournal '{Journal}' -Endpoint $Endpoint -Credential $Credential";

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("en-US", "row 2, ICCID {0}, rebind from device {1} to device {2}, in the journal {3}", "Record that it was performed")]
    [InlineData("zh-CN", "清单第 2 行：物联卡 {0}，从设备 {1} 换绑到设备 {2}（日志 {3}）", "记录为已执行")]
    public async Task A_dry_run_names_the_devices_of_each_row_that_would_be_settled(string culture, string target, string action)
    {
        await using var session = await OpenAsync(culture);
        string[] row = [SyntheticNumbers.Iccid(1), SyntheticNumbers.Imei(1), SyntheticNumbers.Imei(9)];
        session.Run($"$input | Set-IotCardBinding -JournalPath '{Journal}'", Rows.Rebind(SyntheticNumbers.Iccid(0), SyntheticNumbers.Imei(0), SyntheticNumbers.Imei(8)), Rows.Rebind(row[0], row[1], row[2]));

        session.Run($"{Resolving} {row[0]} -Outcome Succeeded -WhatIf");

        var shown = Assert.Single(session.Host.Written, static line => line.Contains("jsonl", StringComparison.Ordinal) && line.Contains(SyntheticNumbers.Iccid(1), StringComparison.Ordinal));
        Assert.Contains(string.Format(CultureInfo.InvariantCulture, target, row[0], row[1], row[2], Journal), shown, StringComparison.Ordinal);
        Assert.Contains(action, shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_row_is_asked_for_with_its_own_device_and_only_what_was_confirmed_is_recorded()
    {
        await using var session = await OpenAsync(answers: ["No", "Yes"]);
        session.Run($"$input | Remove-IotCardBinding -Confirm:$false -JournalPath '{Journal}'", session.Rows());

        var run = session.Run($"$input | {Resolving} -Outcome Failed -Comment seen -Confirm", session.Rows());

        Assert.Equal(2, session.Host.Prompts.Count);
        Assert.All([0, 1], n => Assert.Contains($"unbind from device {SyntheticNumbers.Imei(n)},", session.Host.Prompts[n], StringComparison.Ordinal));
        Assert.Equal([SyntheticNumbers.Iccid(1)], run.Each("Iccid"));
        Assert.Equal(["OutcomeUnknown", "Resolved"], session.Run($"Get-IotCardJournal '{Journal}'").Each("Code").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("en-US", @"events.*\d+:\d\d:\d\d")]
    [InlineData("zh-CN", @"事件.*\d+:\d\d:\d\d")]
    public async Task Waiting_for_the_audit_trail_says_for_what_and_how_long_and_a_stop_ends_it_with_nothing_lost(string culture, string waiting)
    {
        await using var session = await OpenAsync(culture);
        session.Run($"$input | Remove-IotCardBinding -Confirm:$false -JournalPath '{Journal}'", session.Rows()[0]);
        var before = await File.ReadAllBytesAsync(Journal, TestContext.Current.CancellationToken);

        var run = session.RunUntilItWaits($"{Resolving} -FromAuditTrail -Wait");

        Assert.Empty(run.Output);
        Assert.Empty(run.Errors);
        var shown = run.Progress.First(static record => record.SecondsRemaining > 0);
        Assert.Matches(waiting, shown.StatusDescription);
        Assert.InRange(shown.SecondsRemaining, 1, 600);
        Assert.Equal(before, await File.ReadAllBytesAsync(Journal, TestContext.Current.CancellationToken));
        Assert.Equal(["Succeeded"], session.Run($"{Resolving} {SyntheticNumbers.Iccid(0)} -Outcome Succeeded").Each("Outcome"));
    }

    [Fact]
    public async Task The_time_to_come_back_is_not_too_early()
    {
        await using var session = await OpenAsync();
        session.Run($"$input | Remove-IotCardBinding -Confirm:$false -JournalPath '{Journal}'", session.Rows()[0]);

        var run = session.Run($"{Resolving} -FromAuditTrail");

        var sent = (DateTime)((PSObject)run.Output.Single().Properties["CompletedAt"].Value).BaseObject;
        var said = Regex.Match(run.Warnings[^1], "(?<=after ).+(?=, or)", RegexOptions.None, TimeSpan.FromSeconds(1)).Value;
        Assert.True(DateTime.Parse(said, CultureInfo.GetCultureInfo("en-US")) >= sent.ToLocalTime().AddMinutes(10), said);
    }

    /// <summary>A session whose service answers no operation in words that say what became of it.</summary>
    private static Task<ModuleSession> OpenAsync(string culture = "en-US", string[]? answers = null) => ModuleSession.OpenAsync(
        new SandboxOptions { Fleet = Fleet.Generate(2), Faults = new FaultPlan { Rates = new Dictionary<FaultKind, double> { [FaultKind.OkWithoutResult] = 1 } } }, culture, answers);
}
