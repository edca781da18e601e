using System.Reflection;

namespace IotCard.Client.Tests;

public sealed class ClientBuildTests
{
    [Fact]
    public void The_build_under_test_is_the_one_that_was_asked_for()
    {
        var asked = typeof(ClientBuildTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(static a => a.Key == "ClientFramework").Value;

        Assert.Equal(asked == "netstandard2.0" ? ".NETStandard,Version=v2.0" : ".NETCoreApp,Version=v8.0", ClientBuild.Framework);
    }
}
