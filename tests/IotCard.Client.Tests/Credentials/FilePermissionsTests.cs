using IotCard.Client.Credentials;
using IotCard.Client.Credentials.Resolution;

namespace IotCard.Client.Tests.Credentials;

/// <summary>A profile file that others can change: anyone who can chooses the account that is used and the program that is run.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class FilePermissionsTests : IDisposable
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly CredentialHome _home;

    public FilePermissionsTests()
    {
        Assert.SkipUnless(ClientBuild.IsForNet && !OperatingSystem.IsWindows(), "Only .NET exposes Unix modes, and only on Unix.");

        // Only here, because nobody disposes a skipped test.
        _home = new CredentialHome();
    }

    public void Dispose() => _home.Dispose();

    [Theory]
    [InlineData(UnixFileMode.GroupWrite)]
    [InlineData(UnixFileMode.OtherWrite)]
    public async Task A_config_that_others_can_write_causes_a_warning_and_runs_nothing(UnixFileMode open)
    {
        var ran = _home.Path("ran");
        var config = External(ran);
        File.SetUnixFileMode(config, UnixFileMode.UserRead | UnixFileMode.UserWrite | open);

        var resolver = _home.Resolver();
        var failure = await Assert.ThrowsAsync<CredentialException>(() => resolver.ResolveAsync("default", TestContext.Current.CancellationToken));

        Assert.Equal(CredentialErrorCode.UnsafeFile, failure.Code);
        Assert.Contains("chmod go-w", failure.Message, StringComparison.Ordinal);
        Assert.Contains(resolver.Warnings, w => w.Code == CredentialWarningCode.FileWritableByOthers && w.Path == config);
        Assert.False(File.Exists(ran));
    }

    [Fact]
    public async Task A_folder_that_others_can_write_does_the_same()
    {
        var ran = _home.Path("ran");
        var config = External(ran);
        File.SetUnixFileMode(Path.GetDirectoryName(config)!, Owner | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute);

        Assert.Equal(CredentialErrorCode.UnsafeFile, (await _home.FailureAsync("default")).Code);
        Assert.False(File.Exists(ran));
    }

    [Fact]
    public async Task The_folder_of_a_link_s_target_counts()
    {
        var ran = _home.Path("ran");
        var config = External(ran);
        var elsewhere = _home.Write("open/config.json", await File.ReadAllTextAsync(config, TestContext.Current.CancellationToken));
        File.SetUnixFileMode(Path.GetDirectoryName(elsewhere)!, Owner | UnixFileMode.OtherWrite);
        File.Delete(config);
        File.CreateSymbolicLink(config, elsewhere);

        Assert.Equal(CredentialErrorCode.UnsafeFile, (await _home.FailureAsync("default")).Code);
        Assert.False(File.Exists(ran));
    }

    [Fact]
    public async Task A_key_in_a_file_that_others_can_write_is_used_with_a_warning()
    {
        var config = _home.WriteCliProfile(""" "mode":"AK","access_key_id":"LTAIcliprofile001","access_key_secret":"s" """);
        File.SetUnixFileMode(config, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherWrite);
        var ini = _home.Write(CredentialHome.Ini, "[default]\ntype=access_key\naccess_key_id=LTAIiniprofile001\naccess_key_secret=s\n");
        File.SetUnixFileMode(ini, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupWrite);
        var resolver = _home.Resolver();

        await resolver.ExamineAsync(null, all: true, TestContext.Current.CancellationToken);

        Assert.Equal([config, ini], resolver.Warnings.Where(static w => w.Code == CredentialWarningCode.FileWritableByOthers).Select(static w => w.Path));
    }

    [Fact]
    public async Task A_file_of_one_s_own_causes_none()
    {
        External(_home.Path("ran"));
        var resolver = _home.Resolver();

        await resolver.ResolveAsync("default", TestContext.Current.CancellationToken);

        Assert.Empty(resolver.Warnings);
    }

#if CLIENT_FOR_NET
    [Theory]
    [InlineData(UnixFileMode.None, 1000u, 1000u, false)]
    [InlineData(UnixFileMode.None, 0u, 1000u, false)]
    [InlineData(UnixFileMode.None, 1001u, 1000u, true)]
    [InlineData(UnixFileMode.None, 1001u, 0u, true)]
    [InlineData(UnixFileMode.GroupWrite, 1000u, 1000u, true)]
    [InlineData(UnixFileMode.OtherWrite | UnixFileMode.StickyBit, 0u, 1000u, false)]
    public void The_owner_counts_and_so_does_the_sticky_bit(UnixFileMode mode, uint owner, uint user, bool isOpen)
    {
        Assert.Equal(isOpen, IotCard.Client.Platform.FilePermissions.IsOpen(mode, owner, user));
    }
#endif

    private string External(string ran) =>
        _home.WriteCliProfile($$""" "mode":"External","process_command":"sh -c 'touch {{ran}}; echo \"{\\\"mode\\\":\\\"AK\\\",\\\"access_key_id\\\":\\\"LTAI\\\",\\\"access_key_secret\\\":\\\"s\\\"}\"'" """);
}
