using System.Diagnostics;
using IotCard.Sandbox.Demo;

namespace IotCard.Sandbox.Tests;

public sealed class DemoTests
{
    private const string Rebound = "89860018521874998319,860456038157932,353918052345671";
    private const string Failed = "89860219070907095849,861762040877246,490154203237518";

    [Fact]
    public async Task Ends_with_the_sandbox_agreeing_and_no_colour_codes_in_a_file()
    {
        var start = new ProcessStartInfo("dotnet", [typeof(SandboxService).Assembly.Location, "demo"])
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
        Assert.Equal("demo: 12 cards, 6 succeeded, 6 failed, 0 unknown; the sandbox agrees", output.TrimEnd().Split('\n')[^1].TrimEnd());
        Assert.Equal(0, process.ExitCode);
        Assert.DoesNotContain("\u001B", output, StringComparison.Ordinal);
        Assert.Contains("PS> $rebound = $swaps | Set-IotCardBinding", output, StringComparison.Ordinal);
        Assert.Contains("What if: ", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Succeeded", "Failed", 0)]
    [InlineData("Failed", "Failed", 2)]
    [InlineData("Succeeded", "Succeeded", 3)]
    [InlineData("Succeeded", "Unknown", 0)]
    [InlineData("Unknown", "Failed", 1)]
    public async Task Holds_every_result_against_the_sandboxs_own_record(string first, string second, int differences)
    {
        await using var sandbox = await Sandbox.StartAsync();
        using var request = TestRequest.Rebind("89860018521874998319", "860456038157932", "353918052345671").Build(sandbox.Service.Endpoint);
        using var http = new HttpClient();
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);

        var check = Check(sandbox.Service, $"{Rebound}\n{Failed}\n", $"89860018521874998319,{first}\n89860219070907095849,{second}\n");

        Assert.Equal(differences, check.Differences.Count);
        Assert.Equal(2, check.Succeeded + check.Failed + check.Unknown);
    }

    [Fact]
    public async Task Sees_a_row_without_a_result()
    {
        await using var sandbox = await Sandbox.StartAsync();

        var check = Check(sandbox.Service, $"{Rebound}\n{Failed}\n", "89860018521874998319,Failed\n");

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
            return DemoCheck.Of(cards, result, sandbox);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
