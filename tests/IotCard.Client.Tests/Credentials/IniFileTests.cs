using IotCard.Client.Credentials;
using IotCard.Client.Credentials.Profiles;

namespace IotCard.Client.Tests.Credentials;

public sealed class IniFileTests
{
    [Theory]
    [InlineData("key=value", "value")]
    [InlineData("  key  =  value  ", "value")]
    [InlineData("key = a=b", "a=b")]
    [InlineData("key = \"quoted ; # value\"", "quoted ; # value")]
    [InlineData("key = 'single'", "single")]
    [InlineData("key = value ; comment", "value")]
    [InlineData("key = value\t# comment", "value")]
    [InlineData("key = val#ue;x", "val#ue;x")]
    [InlineData("key = first\nkey = last", "last")]
    [InlineData("key = first\n[other]\nkey = x\n[s]\nmore = 1", "first")]
    [InlineData("; comment\n# comment\n\nkey = value\r\n", "value")]
    [InlineData("key =", null)]
    [InlineData("key = # comment", null)]
    [InlineData("other = value", null)]
    [InlineData("KEY = value", null)]
    public void A_value_is_read(string lines, string? expected) =>
        Assert.Equal(expected, IniFile.Parse("[s]\n" + lines, "file").Find("s")!["key"]);

    [Theory]
    [InlineData("[s]\nkey\n", "line 2")]
    [InlineData("[s]\n\n= value", "line 3")]
    [InlineData("[s", "line 1")]
    [InlineData("[]", "line 1")]
    [InlineData("[s] rest", "line 1")]
    [InlineData("[s]\nkey = \"SECRET", "line 2")]
    public void A_malformed_line_is_named_by_its_number_and_not_shown(string text, string expected)
    {
        var failure = Assert.Throws<CredentialException>(() => IniFile.Parse(text, "the-file"));

        Assert.Equal(CredentialErrorCode.MalformedFile, failure.Code);
        Assert.StartsWith("the-file is malformed, " + expected, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sections_are_listed_in_the_order_of_the_file() =>
        Assert.Equal(["b", "a c"], IniFile.Parse("x = before\n[b] ; one\n[ a c ]\n[b]\n", "file").Names);
}
