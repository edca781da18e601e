using IotCard.Sandbox;
using IotCard.Tests.Hosting;

namespace IotCard.Tests.Commands;

/// <summary>What <c>Export-IotCardReport</c> takes from a journal. tests/Pester/Export-IotCardReport.Tests.ps1 covers the formats.</summary>
public sealed class ReportTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    private string Journal => Path.Combine(_folder.FullName, "job.jsonl");

    private string Report => Path.Combine(_folder.FullName, "job.html");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("en-US", "<html lang=\"en\">", "Hash of the list", "Practice: nothing reached the live service.")]
    [InlineData("zh-CN", "<html lang=\"zh-CN\">", "清单的哈希值", "练习：未触及正式服务。")]
    public async Task The_language_is_the_sessions_and_the_list_is_the_one_that_was_checked(string culture, string language, string hash, string practice)
    {
        await using var session = await ModuleSession.OpenAsync(new SandboxOptions { Fleet = Fleet.Generate(2) }, culture);
        var check = session.Run("($input | Test-IotCardBinding -Summary).Hash", session.Rows()).Output.Single();

        session.Run($"$input | Remove-IotCardBinding -Confirm:$false -JournalPath '{Journal}'", session.Rows());
        var run = session.Run($"Export-IotCardReport '{Journal}' -OutFile '{Report}'");

        Assert.Empty(run.Errors);
        var page = await File.ReadAllTextAsync(Report, TestContext.Current.CancellationToken);
        Assert.Contains(language, page, StringComparison.Ordinal);
        Assert.Contains($"<dt>{hash}</dt><dd>{check}</dd>", page, StringComparison.Ordinal);
        Assert.Contains(practice, page, StringComparison.Ordinal);
    }
}
