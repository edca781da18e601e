using IotCard.Client.Credentials;
using IotCard.Client.Credentials.Resolution;
using IotCard.Client.Tests.Platform;

namespace IotCard.Client.Tests.Credentials;

/// <summary>A profile file that others can change: anyone who can chooses the account that is used and the program that is run.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class FilePermissionsTests : IDisposable
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly CredentialHome _home;

    public FilePermissionsTests()
    {
        Assert.SkipUnless(!OperatingSystem.IsWindows(), "Windows has no modes.");

        // Only here, because nobody disposes a skipped test.
        _home = new CredentialHome();
    }

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task A_config_that_others_can_write_causes_a_warning_and_runs_nothing()
    {
        var ran = _home.Path("ran");
        var config = External(ran);
        File.SetUnixFileMode(config, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherWrite);

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

    [Theory]
    [InlineData(".aliyun/config.json")]
    [InlineData(".aliyun")]
    public async Task Another_user_s_file_or_folder_is_named_with_its_owner(string theirs)
    {
        Assert.SkipUnless(UnixFiles.User == 0, "Only root can give a file away.");
        var ran = _home.Path("ran");
        External(ran);
        await UnixFiles.GiveAwayAsync(_home.Path(theirs), "12345");

        var failure = await _home.FailureAsync("default");

        Assert.Equal(CredentialErrorCode.UnsafeFile, failure.Code);
        Assert.Contains($"{_home.Path(theirs)} belongs to another user (12345).", failure.Message, StringComparison.Ordinal);
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
        File.SetUnixFileMode(ini, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherWrite);
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

    [Fact]
    public async Task A_folder_far_above_that_others_can_write_does_the_same_although_the_file_s_own_folder_is_private()
    {
        var ran = _home.Path("ran");
        var config = _home.Write("open/above/.aliyun/config.json", Config(ran));
        _home.Variables["ALIBABA_CLOUD_CONFIG_FILE"] = config;
        File.SetUnixFileMode(_home.Path("open"), Owner | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute);

        var failure = await _home.FailureAsync("default");

        Assert.Equal(CredentialErrorCode.UnsafeFile, failure.Code);
        Assert.Contains($"others may write to {_home.Path("open")}.", failure.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(ran));
    }

    [Fact]
    public async Task Folders_that_are_exchanged_while_the_file_is_examined_never_make_another_file_s_command_run()
    {
        var ran = _home.Path("ran");
        var config = _home.Write("open/place/config.json", Config(_home.Path("harmless")));
        var forged = _home.Write("open/forged/config.json", Config(ran));
        File.SetUnixFileMode(forged, UnixFileMode.UserRead | UnixFileMode.OtherRead | UnixFileMode.OtherWrite);
        File.SetUnixFileMode(_home.Path("open"), Owner | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute);
        _home.Variables["ALIBABA_CLOUD_CONFIG_FILE"] = config;

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var exchange = Task.Run(
            () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    Directory.Move(_home.Path("open/place"), _home.Path("open/aside"));
                    Directory.Move(_home.Path("open/forged"), _home.Path("open/place"));
                    Directory.Move(_home.Path("open/place"), _home.Path("open/forged"));
                    Directory.Move(_home.Path("open/aside"), _home.Path("open/place"));
                }
            },
            TestContext.Current.CancellationToken);
        for (var i = 0; i < 200 && !File.Exists(ran); i++)
        {
            try
            {
                await _home.ResolveAsync("default");
            }
            catch (CredentialException)
            {
                // Refused, or not there at the moment.
            }
        }

        await stop.CancelAsync();
        await exchange;
        Assert.False(File.Exists(ran));
    }

    [Theory]
    [InlineData("config.json")]
    [InlineData("credentials.ini")]
    public async Task A_pipe_in_place_of_a_profile_file_is_refused_at_once(string name)
    {
        var pipe = _home.Path(name);
        await UnixFiles.MakePipeAsync(pipe);
        _home.Variables[name == "config.json" ? "ALIBABA_CLOUD_CONFIG_FILE" : "ALIBABA_CLOUD_CREDENTIALS_FILE"] = pipe;

        var failure = await _home.FailureAsync("default");

        Assert.Equal(CredentialErrorCode.UnreadableFile, failure.Code);
        Assert.Contains("a pipe or a device", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pipe")]
    [InlineData("/dev/zero")]
    public async Task A_pipe_or_device_in_place_of_an_OIDC_token_is_refused_at_once(string name)
    {
        var token = name == "pipe" ? _home.Path(name) : name;
        if (name == "pipe")
        {
            await UnixFiles.MakePipeAsync(token);
        }

        _home.WriteCliProfile($$""" "mode":"OIDC","ram_role_arn":"acs:ram::1:role/r","oidc_provider_arn":"acs:ram::1:oidc-provider/p","oidc_token_file":"{{token}}" """);

        Assert.Equal(CredentialErrorCode.UnreadableFile, (await _home.FailureAsync("default")).Code);
    }

    private static string Config(string ran) => $$"""{"current":"default","profiles":[{"name":"default",{{Command(ran)}}}]}""";

    private static string Command(string ran) =>
        $$""" "mode":"External","process_command":"sh -c 'touch {{ran}}; echo \"{\\\"mode\\\":\\\"AK\\\",\\\"access_key_id\\\":\\\"LTAI\\\",\\\"access_key_secret\\\":\\\"s\\\"}\"'" """;

    private string External(string ran) => _home.WriteCliProfile(Command(ran));
}
