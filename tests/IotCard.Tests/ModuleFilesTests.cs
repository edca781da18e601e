using IotCard.Tests.Hosting;

namespace IotCard.Tests;

/// <summary>What the built module consists of.</summary>
public sealed class ModuleFilesTests
{
    private static readonly string Folder = Path.GetDirectoryName(ModuleSession.ModulePath)!;

    [Fact]
    public async Task The_manifest_chooses_by_edition()
    {
        await using var session = await ModuleSession.OpenAsync();

        var run = session.Run("(Get-Module IotCard).Path; (Get-Command Set-IotCardBinding).ImplementingType.Assembly.Location");

        Assert.All(run.Output, path => Assert.Equal(Path.Combine(Folder, "bin", "Core", "IotCard.dll"), Path.GetFullPath(path.ToString())));
        Assert.Contains("\"bin/$PSEdition/IotCard.dll\"", await File.ReadAllTextAsync(ModuleSession.ModulePath, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
