using System.Diagnostics;
using System.IO.Compression;
using System.Text.RegularExpressions;
using IotCard.Demo;
using IotCard.Tests.Readme;

namespace IotCard.Tests.Build;

/// <summary>The targeting pack, whose analyzers run in the compiler: restored from a feed, and verified before it is used.</summary>
[Trait("Category", "Build")]
public sealed class TargetingPackTests : IDisposable
{
    private static readonly string Targets = Path.Combine(MarkdownPage.Root, "build", "TargetingPacks.targets");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_build_with_the_reviewed_pack_succeeds()
    {
        WriteFeed(static _ => { });

        var (exitCode, output) = await BuildAsync();

        Assert.True(exitCode == 0, output);
    }

    [Fact]
    public async Task A_build_with_a_changed_pack_fails_before_the_compiler_runs()
    {
        WriteFeed(static pack =>
        {
            // A feed's owner cannot sign for Microsoft, but an unsigned package is restored all the same.
            pack.GetEntry(".signature.p7s")!.Delete();
            using var analyzer = pack.GetEntry("analyzers/dotnet/cs/System.Text.Json.SourceGeneration.dll")!.Open();
            analyzer.Seek(0, SeekOrigin.End);
            analyzer.WriteByte(0);
        });

        var (exitCode, output) = await BuildAsync();

        Assert.NotEqual(0, exitCode);
        Assert.Contains("A restored targeting pack is not one that build/TargetingPacks.targets lists", output, StringComparison.Ordinal);
        Assert.Empty(_folder.GetFiles("Library.dll", SearchOption.AllDirectories));
    }

    private void WriteFeed(Action<ZipArchive> change)
    {
        var version = Regex.Match(File.ReadAllText(Targets), """TargetingPackVersion="(?<version>[\d.]+)""", RegexOptions.ExplicitCapture).Groups["version"].Value;
        var name = $"microsoft.netcore.app.ref.{version}.nupkg";
        var restored = Path.Combine(BuildInformation.PackageRoot, "microsoft.netcore.app.ref", version, name);
        Assert.SkipUnless(File.Exists(restored), "The SDK's own folder has the targeting pack, so that none was restored.");

        var package = Path.Combine(_folder.CreateSubdirectory("feed").FullName, name);
        File.Copy(restored, package);
        using var archive = ZipFile.Open(package, ZipArchiveMode.Update);
        change(archive);
    }

    private async Task<(int ExitCode, string Output)> BuildAsync()
    {
        Write("Directory.Build.props", "<Project />");
        Write("Directory.Build.targets", $"""<Project><Import Project="{Targets}" /></Project>""");
        Write("Library.csproj", """<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net8.0</TargetFramework></PropertyGroup></Project>""");
        Write("Library.cs", "public static class Library { }");
        Write("nuget.config", """<configuration><packageSources><clear /><add key="feed" value="feed" /></packageSources></configuration>""");
        var start = new ProcessStartInfo(DotNetHost.Path, ["build", "-p:NuGetAudit=false", "-p:UseSharedCompilation=false", "-nodeReuse:false"])
        {
            WorkingDirectory = _folder.FullName,
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        start.Environment["NUGET_PACKAGES"] = Path.Combine(_folder.FullName, "packages");
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output);
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder.FullName, name), text);
}
