using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using IotCard.Proving;
using IotCard.Sandbox;
using IotCard.Tests.Hosting;

namespace IotCard.Tests.Kill;

/// <summary>A run in a process of its own is killed again and again, and resumed until it ends.</summary>
public sealed class KillTests : IDisposable
{
    private const int Cards = 200;
    private const int Kills = 6;
    private const int InFlight = 8;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("Remove-IotCardBinding -Confirm:$false", true, 1)]
    [InlineData("Set-IotCardBinding", true, 2)]
    [InlineData("Remove-IotCardBinding -Confirm:$false", false, 3)]
    [InlineData("Set-IotCardBinding", false, 4)]
    public async Task Every_card_is_acted_on_once_and_every_result_is_true(string command, bool nonceMemory, int seed)
    {
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
            Enumerable.Range(0, Cards).Select(i => $"{SyntheticNumbers.Iccid(i)},{SyntheticNumbers.Imei(i)},{SyntheticNumbers.Imei(Cards + i)}"),
            TestContext.Current.CancellationToken);

        for (var kill = 0; kill < Kills; kill++)
        {
            using var process = Start(command, rows, journal, session.Sandbox.Endpoint);
            counter.After(random.Next(1, 30), process.Kill);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);

            Assert.NotEqual(0, process.ExitCode);
            Assert.Empty(session.Run($"Get-IotCardJournal '{journal}'").Errors);
        }

        using var last = Start(command, rows, journal, session.Sandbox.Endpoint);
        var error = last.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await last.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await last.WaitForExitAsync(TestContext.Current.CancellationToken);
        var results = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim().Split(' ')).ToList();

        Assert.Equal(0, last.ExitCode);
        Assert.Equal(Enumerable.Range(0, Cards).Select(SyntheticNumbers.Iccid), results.Select(r => r[0]));
        Assert.All(results, r => Assert.Equal(1, session.Sandbox.Log.CarriedOutFor(r[0])));
        Assert.All(results, r => Assert.Contains(r[1], new[] { "Succeeded", "Unknown" }));
        var unknown = results.Count(r => r[1] == "Unknown");
        Assert.InRange(unknown, 1, Kills * InFlight);
        Assert.Equal(unknown, (await error).Split('\n').Count(line => line.StartsWith("OutcomeUnknown,", StringComparison.Ordinal)));
        var carriedOut = results.Select(r => session.Sandbox.Log.CarriedOutFor(r[0])).ToList();
        Proofs.Note(string.Create(
            CultureInfo.InvariantCulture,
            $"kill: {Cards} cards, {Kills} kills, {carriedOut.Count(n => n > 1)} twice, {Cards - results.Count} lost, {results.Zip(carriedOut).Count(r => r.First[1] == "Succeeded" && r.Second != 1)} contradicted, {unknown} unknown"));
    }

    private static Process Start(string command, string rows, string journal, Uri endpoint)
    {
        var script =
            "[IO.File]::ReadAllLines($args[0]) | ForEach-Object { $c = $_ -split ','; [pscustomobject]@{ Iccid = $c[0]; Imei = $c[1]; NewImei = $c[2] } } | " +
            $"{command} -JournalPath $args[1] -Endpoint $args[2] -ThrottleLimit {InFlight} | " +
            "ForEach-Object { \"$($_.Iccid) $($_.Outcome) $($_.Code)\" }";
        var shell = typeof(KillTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "ShellPath").Value!;
        var start = new ProcessStartInfo("dotnet", [shell, ModuleSession.ModulePath, script, rows, journal, endpoint.ToString()])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ALIBABA_CLOUD_ACCESS_KEY_ID"] = SandboxOptions.DefaultAccessKey.Id;
        start.Environment["ALIBABA_CLOUD_ACCESS_KEY_SECRET"] = SandboxOptions.DefaultAccessKey.Secret;
        start.Environment.Remove("ALIBABA_CLOUD_SECURITY_TOKEN");
        return Process.Start(start)!;
    }
}
