using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace IotCard.Tests.Readme;

/// <summary>The versions pinned in the workflow, each once and the one that these tests run on, and the steps that guard a release.</summary>
public sealed class WorkflowTests
{
    private static readonly string Workflow = Read(".github/workflows/ci.yml");

    private static readonly Dictionary<string, string> Pins = Regex.Matches(Workflow, @"^  (?<name>\w+_VERSION): (?<version>[\d.]+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)
        .ToDictionary(static m => m.Groups["name"].Value, static m => m.Groups["version"].Value, StringComparer.Ordinal);

    [Fact]
    public void Each_version_occurs_in_the_workflow_once() =>
        Assert.All(Pins.Values, static version => Assert.Single(Regex.Matches(Workflow, $@"(?<![\d.]){Regex.Escape(version)}(?![\d.])")));

    [Fact]
    public void PowerShell_and_Pester_are_those_that_dotnet_test_restores()
    {
        using var tools = JsonDocument.Parse(Read(".config/dotnet-tools.json"));

        Assert.Equal(tools.RootElement.GetProperty("tools").GetProperty("powershell").GetProperty("version").GetString(), Pins["POWERSHELL_VERSION"]);
        Assert.Equal(XDocument.Parse(Read("Directory.Packages.props")).Descendants("PesterVersion").Single().Value, Pins["PESTER_VERSION"]);
    }

    [Fact]
    public void The_shells_of_the_matrix_are_the_pinned_ones() =>
        Assert.Contains(
            $"powershell: ['{Minor("POWERSHELL_PREVIOUS_VERSION")}', '{Minor("POWERSHELL_VERSION")}']", Workflow, StringComparison.Ordinal);

    [Fact]
    public async Task A_release_is_compiled_with_exactly_the_named_SDK()
    {
        using var folder = new ScriptFolder();
        var sdk = folder.Write("global.json", Read("global.json"));

        Assert.Equal(0, await folder.RunAsync("Compile with exactly the SDK that global.json names"));

        using var changed = JsonDocument.Parse(await File.ReadAllTextAsync(sdk, TestContext.Current.CancellationToken));
        Assert.Equal("disable", changed.RootElement.GetProperty("sdk").GetProperty("rollForward").GetString());
        Assert.Matches(@"^\d+\.0\.\d{3}$", changed.RootElement.GetProperty("sdk").GetProperty("version").GetString());
    }

    [Fact]
    public void A_later_patch_of_the_named_SDK_builds_too()
    {
        using var sdk = JsonDocument.Parse(Read("global.json"));

        Assert.Equal("latestPatch", sdk.RootElement.GetProperty("sdk").GetProperty("rollForward").GetString());
    }

    [Fact]
    public async Task The_build_passes_the_packages_hash_on()
    {
        using var folder = new ScriptFolder();
        var package = folder.Write("out/IotCard.1.0.0.nupkg", "package");
        var output = folder.Write("output", "");

        Assert.Equal(0, await folder.RunAsync("Print the package's hash", ("GITHUB_OUTPUT", output)));

        Assert.Equal($"sha256={Hash(package)}\n", await File.ReadAllTextAsync(output, TestContext.Current.CancellationToken));
        Assert.Contains("sha256: ${{ steps.hash.outputs.sha256 }}", Workflow, StringComparison.Ordinal);
        Assert.Contains("BUILT_SHA256: ${{ needs.build.outputs.sha256 }}", Workflow, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_package_that_was_built_is_published()
    {
        const string Step = "The package is the one that was built";
        using var folder = new ScriptFolder();
        var built = Hash(folder.Write("package/IotCard.1.0.0.nupkg", "package"));

        Assert.Equal(0, await folder.RunAsync(Step, ("BUILT_SHA256", built)));
        Assert.NotEqual(0, await folder.RunAsync(Step, ("BUILT_SHA256", "")));
        folder.Write("package/IotCard.1.0.0.nupkg", "another");
        Assert.NotEqual(0, await folder.RunAsync(Step, ("BUILT_SHA256", built)));
    }

    [Fact]
    public void Only_the_command_that_publishes_has_the_key()
    {
        var key = Assert.Single(Regex.Matches(Workflow, @"\bsecrets\."));

        Assert.True(key.Index > Workflow.LastIndexOf("- name: ", StringComparison.Ordinal));
        Assert.Matches(@"\n        run: tools/pwsh -NoProfile -Command 'Publish-PSResource [^'\n]+'\n$", Workflow);
    }

    private static string Hash(string file) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));

    private static string Minor(string name) => Pins[name][..Pins[name].LastIndexOf('.')];

    private static string Read(string file) => File.ReadAllText(Path.Combine(MarkdownPage.Root, file)).ReplaceLineEndings("\n");

    /// <summary>A folder in which a step's script runs, as the runner would run it.</summary>
    private sealed class ScriptFolder : IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

        public void Dispose() => _folder.Delete(recursive: true);

        internal string Write(string name, string text)
        {
            var path = Path.Combine(_folder.FullName, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
            return path;
        }

        /// <returns>The script's exit code.</returns>
        internal async Task<int> RunAsync(string step, params (string Name, string Value)[] environment)
        {
            Assert.SkipUnless(OperatingSystem.IsLinux(), "The step runs on Linux.");
            var start = new ProcessStartInfo("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", Script(step)])
            {
                WorkingDirectory = _folder.FullName,
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            foreach (var (name, value) in environment)
                start.Environment[name] = value;
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await error;
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return process.ExitCode;
        }

        private static string Script(string step)
        {
            var run = Regex.Match(
                Workflow,
                $@"^      - name: {Regex.Escape(step)}\n(?:        (?!run:).*\n)*        run: (?:\|\n(?<lines>(?:          .*\n)+)|(?<line>.*)\n)",
                RegexOptions.Multiline | RegexOptions.ExplicitCapture);
            Assert.True(run.Success, step);
            return run.Groups["line"].Value + run.Groups["lines"].Value;
        }
    }
}
