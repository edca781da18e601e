using System.Diagnostics;
using System.Text.Json;

namespace IotCard.Client.Tests.Credentials;

/// <summary>The official <c>@alicloud/credentials</c>, installed once into a folder of its own.</summary>
public sealed class OfficialLibrary : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("iotcard-official-").FullName;

    /// <summary>Why it cannot be run here; null if it can.</summary>
    internal string? Missing { get; private set; }

    public async ValueTask InitializeAsync()
    {
        if (Sources() is not { } sources)
        {
            Missing = "the test's own files are not beside the build";
            return;
        }

        foreach (var file in Directory.GetFiles(sources))
        {
            File.Copy(file, Path.Combine(_folder, Path.GetFileName(file)));
        }

        try
        {
            var npm = OperatingSystem.IsWindows() ? "npm.cmd" : "npm";
            var (code, _, errors) = await RunAsync(npm, ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], static _ => { });
            Missing = code == 0 ? null : "npm ci failed: " + errors.Split('\n')[0];
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Missing = "there is no npm";
        }
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return default;
    }

    /// <summary>Runs its default chain with the test's own home folder and variables; null if it returns nothing.</summary>
    internal async Task<string?[]?> ReadAsync(string home, IReadOnlyDictionary<string, string?> variables)
    {
        var (code, output, _) = await RunAsync("node", ["read.js"], environment =>
        {
            foreach (var name in environment.Keys.Where(static k => k.StartsWith("ALIBABA_CLOUD_", StringComparison.Ordinal)).ToArray())
            {
                environment.Remove(name);
            }

            environment["HOME"] = environment["USERPROFILE"] = home;
            foreach (var variable in variables)
            {
                environment[variable.Key] = variable.Value;
            }
        });
        return code == 0 ? JsonSerializer.Deserialize<string?[]>(output) : null;
    }

    private async Task<(int Code, string Output, string Errors)> RunAsync(
        string program, string[] arguments, Action<IDictionary<string, string?>> environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = _folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        environment(start.Environment);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }

    private static string? Sources()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var sources = Path.Combine(folder.FullName, "tests", "IotCard.Client.Tests", "Credentials", "node");
            if (Directory.Exists(sources))
            {
                return sources;
            }
        }

        return null;
    }
}
