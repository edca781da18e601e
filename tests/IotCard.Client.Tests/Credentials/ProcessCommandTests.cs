using IotCard.Client.Credentials.Sources;

namespace IotCard.Client.Tests.Credentials;

public sealed class ProcessCommandTests
{
    [Theory]
    [InlineData("tool a  b\tc", new[] { "tool", "a", "b", "c" })]
    [InlineData("  tool  ", new[] { "tool" })]
    [InlineData("tool \"a b\" 'c d'", new[] { "tool", "a b", "c d" })]
    [InlineData("tool \"\" ''", new[] { "tool", "", "" })]
    [InlineData("tool a\" b\"c", new[] { "tool", "a bc" })]
    [InlineData("tool 'it''s' \"'\"", new[] { "tool", "its", "'" })]
    [InlineData(@"tool a\ b \'", new[] { "tool", "a b", "'" })]
    [InlineData(@"tool ""\"" \\ \$ \` \n""", new[] { "tool", @""" \ $ ` \n" })]
    [InlineData(@"tool '\n'", new[] { "tool", @"\n" })]
    [InlineData("tool a\\\nb \"c\\\nd\"", new[] { "tool", "ab", "cd" })]
    public void Words_are_split_as_a_Unix_shell_would(string command, string[] expected) =>
        Assert.Equal(expected, ProcessCommand.Split(command, windows: false));

    [Theory]
    [InlineData(@"C:\tools\get.exe -x", new[] { @"C:\tools\get.exe", "-x" })]
    [InlineData(@"""C:\Program Files\get.exe"" ""a\""b"" c\\d", new[] { @"C:\Program Files\get.exe", @"a""b", @"c\\d" })]
    public void Windows_paths_keep_their_backslashes(string command, string[] expected) =>
        Assert.Equal(expected, ProcessCommand.Split(command, windows: true));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("''")]
    [InlineData("tool 'a")]
    [InlineData("tool \"a")]
    [InlineData(@"tool \")]
    public void What_is_not_a_command_is_rejected(string? command) =>
        Assert.Null(ProcessCommand.Split(command, windows: false));
}
