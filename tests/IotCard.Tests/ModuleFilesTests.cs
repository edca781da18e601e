using System.Text;
using IotCard.Tests.Hosting;

namespace IotCard.Tests;

/// <summary>What the built module consists of.</summary>
public sealed class ModuleFilesTests
{
    private static readonly string Folder = Path.GetDirectoryName(ModuleSession.ModulePath)!;

    [Theory]
    [InlineData("Core", ".NETCoreApp,Version=v8.0")]
    [InlineData("Desktop", ".NETStandard,Version=v2.0")]
    public void Each_edition_has_a_build_of_its_own(string edition, string framework)
    {
        var bin = Path.Combine(Folder, "bin", edition);

        foreach (var assembly in new[] { "IotCard.dll", "dependencies/IotCard.Client.dll" })
        {
            Assert.Contains(framework, Encoding.Latin1.GetString(File.ReadAllBytes(Path.Combine(bin, assembly))), StringComparison.Ordinal);
        }

        Assert.Equal(edition == "Desktop", File.Exists(Path.Combine(bin, "dependencies", "System.Text.Json.dll")));
        Assert.True(File.Exists(Path.Combine(bin, "zh", "IotCard.resources.dll")));
    }

    [Fact]
    public async Task The_manifest_chooses_by_edition()
    {
        await using var session = await ModuleSession.OpenAsync();

        var run = session.Run("(Get-Module IotCard).Path; (Get-Command Set-IotCardBinding).ImplementingType.Assembly.Location");

        Assert.All(run.Output, path => Assert.Equal(Path.Combine(Folder, "bin", "Core", "IotCard.dll"), Path.GetFullPath(path.ToString())));
        Assert.Contains("\"bin/$PSEdition/IotCard.dll\"", await File.ReadAllTextAsync(ModuleSession.ModulePath, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
