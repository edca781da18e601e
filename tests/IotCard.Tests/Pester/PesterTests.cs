namespace IotCard.Tests.Pester;

/// <summary>The Pester suite on the build for PowerShell 7.4 and later. Each Pester test is reported as one of these.</summary>
[Trait("Category", "Pester")]
public sealed class PesterTests
{
    public static async Task<IEnumerable<ITheoryDataRow>> Results() => PesterRow.From(await PesterSuite.RunAsync("Core"));

    [Theory]
    [MemberData(nameof(Results), DisableDiscoveryEnumeration = true)]
    public void Core(PesterResult result) => result.Report();
}
