using System.Management.Automation;
using System.Text.RegularExpressions;
using IotCard.Sandbox.Demo;
using IotCard.Tests.Hosting;

namespace IotCard.Tests.Help;

/// <summary>
/// Runs the help's examples, as a reader would: page after page, against the sandbox's sample fleet. The engine from
/// NuGet has only the core commands, and borrows Import-Csv and Export-Csv; an example that needs more is run by
/// tests/Pester/Help.Tests.ps1 in a real shell, as are all others.
/// </summary>
[Collection(nameof(ProcessEnvironment))]
public sealed class ExampleTests : IDisposable
{
    /// <summary>A table's header, and the properties under it.</summary>
    private static readonly (string Header, string[] Columns)[] Tables =
    [
        ("Iccid Outcome Imei Code", ["Iccid", "Outcome", "Imei", "Code"]),
        ("Iccid Outcome Completed (UTC) Code", ["Iccid", "Outcome", "Code"]),
    ];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private readonly ProcessEnvironment _environment = new();

    public void Dispose()
    {
        _environment.Dispose();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("en-US")]
    [InlineData("zh-CN")]
    public async Task The_examples_run_and_show_what_the_help_shows(string culture)
    {
        WriteFiles();
        await using var session = await ModuleSession.OpenAsync(culture: culture, answers: [.. Enumerable.Repeat("Yes", 100)], withKey: false);
        session.SetVariable("Lent", typeof(ImportCsvCommand).Assembly);
        session.SetVariable("Folder", _folder.FullName);
        session.Run("Import-Module -Assembly $Lent; $ExecutionContext.SessionState.Path.SetLocation($Folder)");

        var ran = new List<string>();
        foreach (var command in HelpFolder.Commands)
        {
            foreach (var example in HelpPage.Read(culture, command).Examples.Where(e => CanRun(session, e)))
            {
                Check(command, example, session.Run(example.Code));
                ran.Add($"{command}, {example.Title}");
            }
        }

        Assert.True(ran.Count >= 15, string.Join('\n', ran));
        Assert.Equal(HelpFolder.Commands, ran.Select(static r => r.Split(',')[0]).Distinct());
        Assert.Contains(session.Host.Prompts, static p => p.Contains("89860421868581499771", StringComparison.Ordinal));
    }

    private static bool CanRun(ModuleSession session, HelpExample example) =>
        example.Commands().All(c => session.Run($"Get-Command '{c.Split(' ')[0]}' -ErrorAction Ignore").Output.Count > 0);

    /// <summary>Rows may fail, and some are there to show just that; anything else is a fault of the example.</summary>
    private static void Check(string command, HelpExample example, Streams run)
    {
        Assert.True(run.Terminated is null, $"{example.Title}: {run.Terminated?.Message}");
        Assert.All(run.Errors, e => Assert.True(e.Exception is Exception { } x && x.GetType().Name == "IotCardException", $"{example.Title}: {e}"));
        string[] shown = [.. (example.Output ?? string.Empty).Split('\n').Select(HelpText.Collapsed)];
        foreach (var (header, columns) in Tables)
        {
            if (Array.IndexOf(shown, header) is var start and >= 0)
            {
                // Rows overlap, so a journal may hold them in another order.
                var inOrder = command != "Get-IotCardJournal";
                Assert.Equal(
                    shown[(start + 2)..].Select(WithoutTime).OrderBy(row => inOrder ? string.Empty : row, StringComparer.Ordinal),
                    run.Output.Select(result => Row(result, columns)).OrderBy(row => inOrder ? string.Empty : row, StringComparer.Ordinal));
            }
        }
    }

    private static string Row(PSObject result, string[] columns) =>
        HelpText.Collapsed(string.Join(' ', columns.Select(name => result.Properties[name].Value)));

    /// <summary>An example's times are its own.</summary>
    private static string WithoutTime(string row) => HelpText.Collapsed(Regex.Replace(row, @"\d{4}-\d\d-\d\d \d\d:\d\d", string.Empty));

    /// <summary>The two lists, as about_IotCard makes them of docs/examples/cards.csv, and a key to find.</summary>
    private void WriteFiles()
    {
        var lines = File.ReadAllLines(Path.Combine(HelpFolder.Docs, "examples", "cards.csv"));
        var isSwap = lines.Skip(1).ToLookup(static line => line.Split(',')[2].Length > 0);
        File.WriteAllLines(Path.Combine(_folder.FullName, "swaps.csv"), [lines[0], .. isSwap[true]]);
        File.WriteAllLines(Path.Combine(_folder.FullName, "retired.csv"), [lines[0], .. isSwap[false]]);
        _environment.Set("ALIBABA_CLOUD_ACCESS_KEY_ID", "sandbox-id");
        _environment.Set("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "sandbox-secret");
        _environment.WriteConfig(
            """{"current":"factory","profiles":[{"name":"factory","mode":"AK","access_key_id":"sandbox-id","access_key_secret":"sandbox-secret"}]}""");
    }
}
