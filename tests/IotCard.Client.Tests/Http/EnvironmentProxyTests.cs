using IotCard.Client.Http;

namespace IotCard.Client.Tests.Http;

public sealed class EnvironmentProxyTests
{
    [Theory]
    [InlineData("http://proxy.example:8080", true)]
    [InlineData("http://proxy.example:8080/ ", true)]
    [InlineData("proxy.example:8080", true)]
    [InlineData("proxy.example", true)]
    [InlineData("HTTP://user:p/a@ss@proxy.example:8080", true)]
    [InlineData("socks5://[::1]:1080", true)]
    [InlineData("https://10.0.0.1", true)]
    [InlineData("\"http://proxy.example:8080\"", false)]
    [InlineData("'proxy.example'", false)]
    [InlineData(" http://proxy.example:8080", false)]
    [InlineData("http://proxy example:8080", false)]
    [InlineData("http://proxy.example:port", false)]
    [InlineData("http://proxy.example:80800", false)]
    [InlineData("ftp://proxy.example:21", false)]
    [InlineData("http://", false)]
    public void A_value_that_the_platform_would_ignore_is_malformed(string value, bool isReadable)
    {
        Assert.Equal(isReadable, EnvironmentProxy.IsReadable(value));

        Assert.SkipUnless(ClientBuild.IsForNet, ".NET Framework does not read the variables.");
        Assert.Equal(isReadable ? null : "HTTPS_PROXY", EnvironmentProxy.FindMalformed(name => name == "HTTPS_PROXY" ? value : null));
    }

    [Fact]
    public void Only_the_variable_that_the_platform_would_take_counts()
    {
        Assert.SkipUnless(ClientBuild.IsForNet, ".NET Framework does not read the variables.");
        var variables = new Dictionary<string, string>(StringComparer.Ordinal) { ["https_proxy"] = "proxy.example:1", ["HTTPS_PROXY"] = "\"x\"", ["ALL_PROXY"] = "'y'" };

        Assert.Null(EnvironmentProxy.FindMalformed(variables.GetValueOrDefault));
        Assert.Null(EnvironmentProxy.FindMalformed(static _ => ""));
        variables.Remove("https_proxy");
        Assert.Equal("HTTPS_PROXY", EnvironmentProxy.FindMalformed(variables.GetValueOrDefault));
        variables.Remove("HTTPS_PROXY");
        Assert.Equal("ALL_PROXY", EnvironmentProxy.FindMalformed(variables.GetValueOrDefault));
    }
}
