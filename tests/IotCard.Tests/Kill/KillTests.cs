using System.Diagnostics;
using System.Globalization;
using IotCard.Demo;
using IotCard.Proving;
using IotCard.Sandbox;
using IotCard.Tests.Hosting;

namespace IotCard.Tests.Kill;

/// <summary>A run in its own PowerShell process is killed again and again, and resumed until it completes.</summary>
[Trait("Category", "Kill")]
public sealed class KillTests : IDisposable
{
    private const int Cards = 200;
    private const int Kills = 6;
    private const int InFlight = 8;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private PowerShellTool? _tool;

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("Remove-IotCardBinding -Confirm:$false", true, 1)]
    [InlineData("Set-IotCardBinding", true, 2)]
    [InlineData("Remove-IotCardBinding -Confirm:$false", false, 3)]
    [InlineData("Set-IotCardBinding", false, 4)]
    public async Task Every_operation_is_executed_once_and_every_result_is_right(string command, bool nonceMemory, int seed)
    {
        _tool = await PowerShellTool.RestoreAsync(TextWriter.Null, TestContext.Current.CancellationToken);
        var random = new Random(seed);
        var counter = new RequestCounter();
        await using var session = await ModuleSession.OpenAsync(new SandboxOptions
        {
            Fleet = Fleet.Generate(Cards),
            Latency = TimeSpan.FromMilliseconds(2),
            Faults = new FaultPlan { NonceMemory = nonceMemory },
            Output = counter,
        });
        var rows = Path.Combine(_folder.FullName, "rows.csv");
        var journal = Path.Combine(_folder.FullName, "job.jsonl");
        await File.WriteAllLinesAsync(
            rows,
            command.StartsWith("Set", StringComparison.Ordinal)
                ? ["Iccid,Imei,NewImei", .. Enumerable.Range(0, Cards).Select(i => $"{SyntheticNumbers.Iccid(i)},{SyntheticNumbers.Imei(i)},{SyntheticNumbers.Imei(Cards + i)}")]
                : ["Iccid,Imei", .. Enumerable.Range(0, Cards).Select(i => $"{SyntheticNumbers.Iccid(i)},{SyntheticNumbers.Imei(i)}")],
            TestContext.Current.CancellationToken);

        for (var kill = 0; kill < Kills; kill++)
        {
            using var process = Start(command, rows, journal, session.Sandbox.Endpoint);
            counter.After(random.Next(1, 30), process.Kill);
            var said = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            var shown = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);

            Assert.True(process.ExitCode != 0, $"It was not killed: {await shown}{await said}");
            Assert.Empty(session.Run($"Get-IotCardJournal '{journal}'").Errors);
        }

        using var last = Start(command, rows, journal, session.Sandbox.Endpoint);
        var error = last.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await last.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await last.WaitForExitAsync(TestContext.Current.CancellationToken);
        var results = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim().Split(' ')).ToList();

        Assert.Equal(0, last.ExitCode);
        Assert.Equal(Enumerable.Range(0, Cards).Select(SyntheticNumbers.Iccid), results.Select(r => r[0]));
        Assert.All(results, r => Assert.Equal(1, session.Sandbox.Log.ExecutedFor(r[0])));
        Assert.All(results, r => Assert.Contains(r[1], new[] { "Succeeded", "Unknown" }));
        var unknown = results.Count(r => r[1] == "Unknown");
        Assert.InRange(unknown, 1, Kills * InFlight);
        Assert.Equal(unknown, (await error).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        var executed = results.Select(r => session.Sandbox.Log.ExecutedFor(r[0])).ToList();
        Proofs.Note(string.Create(
            CultureInfo.InvariantCulture,
            $"kill: {Cards} cards, {Kills} kills, {executed.Count(n => n > 1)} twice, {Cards - results.Count} lost, {results.Zip(executed).Count(r => r.First[1] == "Succeeded" && r.Second != 1)} contradicted, {unknown} unknown"));
    }

    private Process Start(string command, string rows, string journal, Uri endpoint)
    {
        var script = Path.Combine(_folder.FullName, "run.ps1");
        File.WriteAllText(
            script,
            $$"""
            Import-Module $args[0]
            Import-Csv $args[1] |
                {{command}} -JournalPath $args[2] -Endpoint $args[3] -ThrottleLimit {{InFlight}} -ErrorAction SilentlyContinue -WarningAction SilentlyContinue -ErrorVariable problems |
                ForEach-Object { "$($_.Iccid) $($_.Outcome) $($_.Code)" }
            $problems | ForEach-Object { [Console]::Error.WriteLine($_.FullyQualifiedErrorId) }
            """);
        var start = _tool!.CreateStartInfo("-NonInteractive", "-File", script, ModuleSession.ModulePath, rows, journal, endpoint.ToString());
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.Environment["ALIBABA_CLOUD_ACCESS_KEY_ID"] = SandboxOptions.DefaultAccessKey.Id;
        start.Environment["ALIBABA_CLOUD_ACCESS_KEY_SECRET"] = SandboxOptions.DefaultAccessKey.Secret;
        start.Environment.Remove("ALIBABA_CLOUD_SECURITY_TOKEN");
        return Process.Start(start)!;
    }
}
