using System.Diagnostics;
using System.IO.Compression;
using System.Text.Json;
using System.Xml.Linq;
using IotCard.Demo;
using IotCard.Tests.Pester;
using IotCard.Tests.Readme;

namespace IotCard.Tests.Build;

/// <summary>The build of the client's ReadyToRun images.</summary>
[Trait("Category", "Build")]
public sealed class ModuleImageTests : IDisposable
{
    private static readonly string[] Packages = ["microsoft.netcore.app.crossgen2.linux-x64", "microsoft.netcore.app.runtime.linux-x64"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public ModuleImageTests() => Assert.SkipUnless(
        OperatingSystem.IsLinux() && File.Exists("/lib64/ld-linux-x86-64.so.2"), "The compiler is pinned for Linux on x64, with glibc.");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_package_has_every_image_in_its_place()
    {
        await using var archive = await ZipFile.OpenReadAsync(await PesterSuite.Package.Value, TestContext.Current.CancellationToken);

        var packed = archive.Entries.Select(static e => e.FullName).Where(static n => n.StartsWith("bin/Core/dependencies/", StringComparison.Ordinal) && n.Count(static c => c == '/') > 3);

        var images = await ImagesAsync("-p:ModuleImages=all");
        Assert.Equal(10, images.Count);
        Assert.Equal(images.Select(static i => $"bin/Core/dependencies/{i}/IotCard.Client.dll").Order(StringComparer.Ordinal), packed.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Release", "linux-x64/net10.0")]
    [InlineData("Debug")]
    public async Task A_build_has_at_most_the_image_of_this_machine(string configuration, params string[] images)
    {
        WritePackages();

        Assert.Equal(images, await ImagesAsync($"-p:Configuration={configuration}", Root));
    }

    [Fact]
    public async Task A_build_without_the_compiler_has_no_image_and_does_not_fail()
    {
        Assert.Empty(await ImagesAsync("-p:Configuration=Release", Root));

        var (exitCode, output) = await RunAsync("-t:LayOutImages", "-p:Configuration=Release", Root, Output, "-verbosity:minimal");

        Assert.True(exitCode == 0, output);
        Assert.Contains("The module has no ReadyToRun image: its compiler was not restored.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_build_without_images_removes_those_of_an_earlier_build_and_nothing_else()
    {
        var dependencies = _folder.CreateSubdirectory("out/bin/Core/dependencies");
        var portable = Path.Combine(dependencies.FullName, "IotCard.Client.dll");
        var image = Path.Combine(dependencies.CreateSubdirectory("linux-x64/net10.0").FullName, "IotCard.Client.dll");
        await File.WriteAllTextAsync(portable, "portable", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(image, "image", TestContext.Current.CancellationToken);

        var (exitCode, output) = await RunAsync("-t:LayOutImages", "-p:ModuleImages=none", Output);

        Assert.True(exitCode == 0, output);
        Assert.True(File.Exists(portable));
        Assert.False(File.Exists(image));
    }

    [Fact]
    public async Task A_changed_compiler_is_refused_before_it_runs()
    {
        WritePackages();

        var (exitCode, output) = await RunAsync("-t:LayOutImages", "-p:Configuration=Release", Root, Output, $"-p:IntermediateOutputPath={_folder.FullName}/obj/");

        Assert.NotEqual(0, exitCode);
        Assert.Contains("A restored package is not one that src/IotCard/DependencyImages.targets lists", output, StringComparison.Ordinal);
        Assert.All(Packages, package => Assert.Contains(package, output, StringComparison.Ordinal));
        Assert.False(Directory.Exists(Path.Combine(_folder.FullName, "obj")));
    }

    // Without a slash at its end, as the variable NUGET_PACKAGES may be.
    private string Root => $"-p:NuGetPackageRoot={_folder.FullName}/packages";

    private string Output => $"-p:ModuleOutput={_folder.FullName}/out/";

    private static async Task<List<string>> ImagesAsync(params string[] properties)
    {
        var (exitCode, output) = await RunAsync(["-getItem:ModuleImage", .. properties]);
        Assert.True(exitCode == 0, output);
        using var document = JsonDocument.Parse(output);
        return [.. document.RootElement.GetProperty("Items").GetProperty("ModuleImage").EnumerateArray().Select(static i => i.GetProperty("Identity").GetString()!)];
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        var project = Path.Combine(MarkdownPage.Root, "src", "IotCard", "IotCard.csproj");
        var start = new ProcessStartInfo(DotNetHost.Path, ["msbuild", project, "-p:TargetFramework=net8.0", "-nologo", "-nodeReuse:false", .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output);
    }

    // Stand-ins for the pinned versions.
    private void WritePackages()
    {
        var version = XDocument.Load(Path.Combine(MarkdownPage.Root, "Directory.Packages.props")).Descendants("Crossgen2Version").Single().Value;
        foreach (var package in Packages)
        {
            var folder = _folder.CreateSubdirectory(Path.Combine("packages", package, version));
            File.WriteAllText(Path.Combine(folder.FullName, $"{package}.{version}.nupkg"), "changed");
        }
    }
}
