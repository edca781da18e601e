namespace IotCard.Tests.Pester;

/// <summary>The Pester suite once more, on the build for Windows PowerShell 5.1.</summary>
[Trait("Category", "Pester")]
public sealed class PesterDesktopTests
{
    public static async Task<IEnumerable<ITheoryDataRow>> Results() => PesterRow.From(await PesterSuite.RunAsync("Desktop"));

    [Theory]
    [MemberData(nameof(Results), DisableDiscoveryEnumeration = true)]
    public void Desktop(PesterResult result) => result.Report();
}
