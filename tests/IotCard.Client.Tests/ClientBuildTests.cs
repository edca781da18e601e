using System.Reflection;
using IotCard.Proving;

namespace IotCard.Client.Tests;

public sealed class ClientBuildTests
{
    private static string Asked { get; } = typeof(ClientBuildTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(static a => a.Key == "ClientFramework").Value!;

    [Fact]
    public void The_build_under_test_is_the_one_that_was_asked_for()
    {
        Assert.Equal(Asked == "netstandard2.0" ? ".NETStandard,Version=v2.0" : ".NETCoreApp,Version=v8.0", ClientBuild.Framework);
    }

    [Fact]
    public void A_proof_names_its_build() => Assert.Equal($"one: 1 proved ({Asked})", Proofs.Named("one: 1 proved"));
}
