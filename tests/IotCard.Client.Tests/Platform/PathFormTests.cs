using IotCard.Client.Platform;

namespace IotCard.Client.Tests.Platform;

/// <summary>Which paths say where they lead, and where a user's state is kept.</summary>
public sealed class PathFormTests
{
    [Theory]
    [InlineData(@"C:\jobs\x.jsonl", true)]
    [InlineData("c:/jobs", true)]
    [InlineData(@"\\server\share\x", true)]
    [InlineData(@"\\?\C:\jobs", true)]
    [InlineData(@"\jobs", false)]
    [InlineData("/jobs", false)]
    [InlineData("C:jobs", false)]
    [InlineData("C:", false)]
    [InlineData("jobs", false)]
    [InlineData("", false)]
    public void A_path_of_Windows_is_absolute_if_it_names_its_drive_or_share(string path, bool isAbsolute) =>
        Assert.Equal(isAbsolute, WindowsPath.IsAbsolute(path));

    [Theory]
    [InlineData(@"C:\jobs\x.jsonl:s", true)]
    [InlineData(@"C:\jobs\x.jsonl::$DATA", true)]
    [InlineData("x.jsonl:s", true)]
    [InlineData(@"\\server\share\x:s", true)]
    [InlineData(@"\\?\C:\jobs\x:s", true)]
    [InlineData("C:x:s", true)]
    [InlineData(@"C:\jobs\x.jsonl", false)]
    [InlineData(@"\\?\C:\jobs\x.jsonl", false)]
    [InlineData("C:x", false)]
    [InlineData("x.jsonl", false)]
    public void A_colon_behind_the_drive_names_a_stream(string path, bool isStream) => Assert.Equal(isStream, WindowsPath.NamesStream(path));

    [Theory]
    [InlineData(@"D:\state", @"C:\known", @"D:\state")]
    [InlineData(@"\state", @"C:\known", null)]
    [InlineData("C:state", @"C:\known", null)]
    [InlineData(null, @"C:\known", @"C:\known")]
    [InlineData("", @"C:\known", @"C:\known")]
    [InlineData(null, "", null)]
    public void On_Windows_LOCALAPPDATA_decides_and_is_named_where_it_is_unusable(string? value, string known, string? expected)
    {
        var folder = StateFolder.Find(SystemKind.Windows, name => name == "LOCALAPPDATA" ? value : "/home/me", _ => known);

        Assert.Equal(new StateFolder(expected, "LOCALAPPDATA", string.IsNullOrEmpty(value) ? null : value), folder);
    }

    [Theory]
    [InlineData(null, "/home/me", "/home/me/.local/state", "HOME")]
    [InlineData("/state", "/home/me", "/state", "XDG_STATE_HOME")]
    [InlineData("state", "/home/me", "/home/me/.local/state", "HOME")]
    [InlineData(null, "me", null, "HOME")]
    [InlineData("/state", "me", "/state", "XDG_STATE_HOME")]
    [InlineData(null, null, "/known/.local/state", "HOME")]
    public void On_Linux_XDG_STATE_HOME_decides_and_then_HOME(string? state, string? home, string? expected, string variable)
    {
        var folder = StateFolder.Find(SystemKind.Linux, name => name switch { "XDG_STATE_HOME" => state, "HOME" => home, _ => null }, _ => "/known");

        Assert.Equal((expected, variable), (folder.Path, folder.Variable));
    }

    [Theory]
    [InlineData("/Users/me", "/Users/me/Library/Application Support")]
    [InlineData("/Users/me/", "/Users/me/Library/Application Support")]
    [InlineData("me", null)]
    public void On_macOS_HOME_decides(string home, string? expected)
    {
        var folder = StateFolder.Find(SystemKind.MacOS, name => name == "HOME" ? home : "/elsewhere", _ => "/known");

        Assert.Equal(new StateFolder(expected, "HOME", home), folder);
    }

    [Fact]
    public void A_user_without_a_home_is_told_which_variable_is_missing() =>
        Assert.Equal(new StateFolder(null, "HOME", null), StateFolder.Find(SystemKind.Linux, static _ => null, static _ => ""));
}
