using System.Diagnostics;
using IotCard.Demo;
using IotCard.Sandbox;
using IotCard.Tests.Hosting;
using static IotCard.Tests.Commands.Rows;

namespace IotCard.Tests.Demo;

public sealed class DemoTests
{
    private const string Rebound = "89860018521874998319,860456038157932,353918052345671";
    private const string Failed = "89860219070907095849,861762040877246,490154203237518";

    [Fact]
    [Trait("Category", "Demo")]
    public async Task The_demo_ends_with_the_sandbox_agreeing_and_no_color_codes_in_a_file()
    {
        await PowerShellTool.RestoreAsync(TextWriter.Null, TestContext.Current.CancellationToken);
        var start = new ProcessStartInfo(DotNetHost.Path, [typeof(DemoRun).Assembly.Location])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = Path.GetTempPath(),
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal("", await error);
        var lines = output.ReplaceLineEndings("\n").TrimEnd().Split('\n');
        Assert.Equal("PowerShell 7.6.9", lines[0]);
        Assert.Equal("demo: 12 cards, 6 succeeded, 6 failed, 0 unknown; the sandbox agrees", lines[^1]);
        Assert.Equal(0, process.ExitCode);
        Assert.DoesNotContain("\u001B", output, StringComparison.Ordinal);
        Assert.Contains("PS> $rebound = $swaps | Set-IotCardBinding", output, StringComparison.Ordinal);
        Assert.Contains("What if: ", output, StringComparison.Ordinal);
        Assert.Contains("SpreadsheetNumber", output, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Category", "Demo")]
    public async Task A_prompt_has_the_module_the_sandbox_and_the_examples_and_leaves_nothing_behind()
    {
        await PowerShellTool.RestoreAsync(TextWriter.Null, TestContext.Current.CancellationToken);
        var start = new ProcessStartInfo(DotNetHost.Path, [typeof(DemoRun).Assembly.Location, "--interactive"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment["TERM"] = "dumb";
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteLineAsync(
            "Import-Csv cards.csv | Where-Object NewImei | Set-IotCardBinding -ErrorAction Ignore | Group-Object Outcome | ForEach-Object { \"$($_.Name): $($_.Count)\" }; \"in: $PWD\"; exit 7");
        process.StandardInput.Close();
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(7, process.ExitCode);
        var lines = output.ReplaceLineEndings("\n").Split('\n');
        Assert.Contains("Succeeded: 4", lines);
        var folder = Assert.Single(lines, static line => line.StartsWith("in: ", StringComparison.Ordinal))[4..];
        Assert.Contains("iotcard-demo-", folder, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    [Trait("Category", "Demo")]
    public async Task A_PowerShell_that_cannot_be_restored_is_named_with_what_to_do()
    {
        var root = Directory.CreateTempSubdirectory();
        try
        {
            Directory.CreateDirectory(Path.Combine(root.FullName, ".config"));
            // This fails without a registry, which may be slow or out of reach.
            await File.WriteAllTextAsync(
                Path.Combine(root.FullName, ".config", "dotnet-tools.json"),
                """{"version":1,"isRoot":true,"tools":{"powershell":{"version":"none","commands":["pwsh"]}}}""",
                TestContext.Current.CancellationToken);
            await using var output = new StringWriter();

            var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => PowerShellTool.RestoreAsync(
                root.FullName, root.FullName, output, TestContext.Current.CancellationToken));

            Assert.StartsWith("Restoring PowerShell none", output.ToString(), StringComparison.Ordinal);
            Assert.Contains($"run 'dotnet tool restore' in {root.FullName}. It said: ", failure.Message, StringComparison.Ordinal);
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("Succeeded", "Failed", 0)]
    [InlineData("Failed", "Failed", 2)]
    [InlineData("Succeeded", "Succeeded", 3)]
    [InlineData("Succeeded", "Unknown", 0)]
    [InlineData("Unknown", "Failed", 1)]
    public async Task The_demo_compares_every_result_with_the_sandboxs_own_record(string first, string second, int differences)
    {
        await using var session = await ModuleSession.OpenAsync();
        session.Run("$input | Set-IotCardBinding", Rebind(Card1, Device1, NewDevice1));

        var check = Check(session.Sandbox, $"{Rebound}\n{Failed}\n", $"89860018521874998319,{first}\n89860219070907095849,{second}\n");

        Assert.Equal(differences, check.Differences.Count);
        Assert.Equal(2, check.Succeeded + check.Failed + check.Unknown);
    }

    [Fact]
    public async Task The_demo_detects_a_row_without_a_result()
    {
        await using var session = await ModuleSession.OpenAsync();

        var check = Check(session.Sandbox, $"{Rebound}\n{Failed}\n", "89860018521874998319,Failed\n");

        Assert.Single(check.Differences);
    }

    private static DemoCheck Check(SandboxService sandbox, string rows, string results)
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var cards = Path.Combine(folder.FullName, "cards.csv");
            var result = Path.Combine(folder.FullName, "result.csv");
            File.WriteAllText(cards, "Iccid,Imei,NewImei\n" + rows);
            File.WriteAllText(result, "Iccid,Outcome\n" + results);
            return DemoCheck.From(cards, result, sandbox);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
