using IotCard.Sandbox;
using IotCard.Tests.Hosting;
using static IotCard.Tests.Commands.Rows;

namespace IotCard.Tests.Commands;

/// <summary>Which credential the commands use. Each test has its own home folder and environment.</summary>
[Collection(nameof(ProcessEnvironment))]
public sealed class CredentialTests : IDisposable
{
    private readonly ProcessEnvironment _environment = new();

    public void Dispose() => _environment.Dispose();

    [Fact]
    public async Task Without_any_credential_the_command_ends_and_names_the_command_that_lists_the_sources()
    {
        await using var session = await ModuleSession.OpenAsync(withKey: false);

        var run = session.RunCatching("$input | Set-IotCardBinding", Rebind(Card1, Device1, NewDevice1));

        Assert.Equal("CredentialNotFound", run.TerminatingError.FullyQualifiedErrorId.Split(',')[0]);
        Assert.StartsWith("No credential was found", run.TerminatingError.ToString(), StringComparison.Ordinal);
        Assert.EndsWith(" Get-IotCardCredential -All shows every source, and why it gives none.", run.TerminatingError.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("is not set", run.TerminatingError.ToString(), StringComparison.Ordinal);
        Assert.Contains("ALIBABA_CLOUD_ACCESS_KEY_ID", run.TerminatingError.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_of_the_environment_takes_effect_at_the_next_run_of_the_same_session()
    {
        await using var session = await ModuleSession.OpenAsync(withKey: false);

        _environment.Set("ALIBABA_CLOUD_ACCESS_KEY_ID", "nobody");
        _environment.Set("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "sandbox-secret");
        var before = session.Run("$input | Set-IotCardBinding", Rebind(Card1, Device1, NewDevice1));
        _environment.Set("ALIBABA_CLOUD_ACCESS_KEY_ID", "sandbox-id");
        var after = session.Run("$input | Set-IotCardBinding -Verbose", Rebind(Card1, Device1, NewDevice1));

        Assert.Equal(["InvalidAccessKeyId.NotFound"], before.Each("Code"));
        Assert.Equal(["Succeeded"], after.Each("Outcome"));
        Assert.Contains("Credential: environment, AccessKey ID sand**x-id.", after.Verbose);
    }

    [Fact]
    public async Task A_named_profile_is_used_even_if_the_environment_has_another_account()
    {
        await using var session = await ModuleSession.OpenAsync(withKey: false);
        _environment.Set("ALIBABA_CLOUD_ACCESS_KEY_ID", "nobody");
        _environment.Set("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "nothing");
        _environment.WriteConfig("""
            {"current":"default","profiles":[{"name":"factory","mode":"AK","access_key_id":"sandbox-id","access_key_secret":"sandbox-secret"}]}
            """);

        var run = session.Run("$input | Set-IotCardBinding -ProfileName factory", Rebind(Card1, Device1, NewDevice1));

        Assert.Equal(["Succeeded"], run.Each("Outcome"));
    }

    [Fact]
    public async Task Profile_and_credential_cannot_both_be_given()
    {
        await using var session = await ModuleSession.OpenAsync();

        var run = session.RunCatching("$input | Set-IotCardBinding -ProfileName factory -Credential $Credential", Rebind(Card1, Device1, NewDevice1));

        Assert.StartsWith("InvalidCredential", run.TerminatingError.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(0, session.Sandbox.Log.Requests);
    }

    [Fact]
    public async Task Get_IotCardCredential_shows_what_would_be_used_and_why()
    {
        await using var session = await ModuleSession.OpenAsync(withKey: false);
        _environment.Set("ALIBABA_CLOUD_ACCESS_KEY_ID", "LTAI5tExampleKeyId01");
        _environment.Set("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "the-secret");

        var used = session.Run("Get-IotCardCredential");
        var all = session.Run("Get-IotCardCredential -All");

        Assert.Equal(["Environment"], used.Each("Source"));
        Assert.Equal(["LTAI************Id01"], used.Each("AccessKeyId"));
        Assert.Equal(["Environment", "Oidc", "CliProfile", "IniProfile", "EcsInstanceRole", "CredentialsUri"], all.Each("Source"));
        Assert.Equal("Used", all.Each("State").First());
        Assert.All(all.Each("Reason"), r => Assert.NotEmpty(r!));
        Assert.DoesNotContain(all.Output.SelectMany(o => o.Properties.Select(p => p.Value?.ToString())), v => v?.Contains("the-secret", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task Get_IotCardCredential_shows_what_was_given_to_it_without_its_secret()
    {
        await using var session = await ModuleSession.OpenAsync(withKey: false);
        session.SetVariable("Given", ModuleSession.Credential("LTAI5tExampleKeyId01", "the-secret"));

        var run = session.Run("Get-IotCardCredential -Credential $Given -SecurityToken $Given.Password");

        Assert.Equal(["-Credential"], run.Each("Source"));
        Assert.Equal(["True"], run.Each("HasToken"));
        Assert.DoesNotContain(run.Output.SelectMany(o => o.Properties.Select(p => p.Value?.ToString())), v => v?.Contains("the-secret", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task Get_IotCardCredential_without_any_is_an_error_after_the_findings()
    {
        await using var session = await ModuleSession.OpenAsync(withKey: false);

        var run = session.Run("Get-IotCardCredential -All");

        Assert.Equal(6, run.Output.Count);
        Assert.Equal("CredentialNotFound", Assert.Single(run.Errors).FullyQualifiedErrorId.Split(',')[0]);
    }

    [Fact]
    public async Task Get_IotCardCredential_with_all_and_a_name_reports_both_files()
    {
        await using var session = await ModuleSession.OpenAsync(withKey: false);
        _environment.WriteConfig(
            """{"current":"default","profiles":[{"name":"factory","mode":"AK","access_key_id":"LTAI5tExampleKeyId01","access_key_secret":"the-secret"}]}""");

        WriteIniFile("[other]");

        var run = session.Run("Get-IotCardCredential -ProfileName factory -All");

        Assert.Equal(["CliProfile", "IniProfile"], run.Each("Source"));
        Assert.Equal(["Used", "Skipped"], run.Each("State"));
    }

    [Fact]
    public async Task Get_IotCardCredential_reports_the_error_of_a_named_profile_and_what_to_do_about_it()
    {
        await using var session = await ModuleSession.OpenAsync(withKey: false);
        _environment.WriteConfig("""{"profiles":[{"name":"factory","mode":"AK"}]}""");

        var run = session.Run("Get-IotCardCredential -ProfileName factory");

        var error = Assert.Single(run.Errors);
        Assert.StartsWith("InvalidProfile,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("an AccessKey ID is missing", error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("aliyun configure", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal("factory", error.TargetObject);
    }

    [Fact]
    public async Task In_a_Chinese_session_reasons_warnings_and_errors_are_Chinese()
    {
        await using var session = await ModuleSession.OpenAsync(culture: "zh-TW", withKey: false);
        _environment.WriteConfig("""{"current":"broken","profiles":[{"name":"broken","mode":"ak"}]}""");
        WriteIniFile("[other]");

        var all = session.Run("Get-IotCardCredential -All");
        var named = session.RunCatching("Get-IotCardCredential -ProfileName nobody");
        _environment.Set("ALIBABA_CLOUD_OIDC_TOKEN_FILE", "/nowhere");
        _environment.Set("ALIBABA_CLOUD_ROLE_ARN", "r");
        _environment.Set("ALIBABA_CLOUD_OIDC_PROVIDER_ARN", "p");
        _environment.WriteConfig("""{"current":"factory","profiles":[{"name":"factory","mode":"AK","access_key_id":"sandbox-id","access_key_secret":"sandbox-secret"}]}""");
        var used = session.Run("$input | Set-IotCardBinding -Verbose", Rebind(Card1, Device1, NewDevice1));

        Assert.All(all.Each("Reason"), static r => Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", r!));
        Assert.Contains(all.Each("Reason"), static r => r!.EndsWith("中的配置“broken”：mode“ak”应写作 AK。", StringComparison.Ordinal));
        Assert.StartsWith("未找到凭证。CLI 配置：", Assert.Single(all.Errors).Exception.Message, StringComparison.Ordinal);
        Assert.StartsWith("没有名为“nobody”的配置：", named.TerminatingError.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("OIDC 角色已设置，但未能给出凭证，因此改用了后面的来源。无法读取 /nowhere：文件不存在。", used.Warnings);
        Assert.Contains(used.Verbose, static v => v.Contains("CLI 配置“factory”（AK）", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Requests_go_through_the_proxy_that_is_given()
    {
        await using var session = await ModuleSession.OpenAsync();
        await using var proxy = await SandboxService.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);

        // A proxy is asked for https://… with CONNECT, which the sandbox in its place refuses: so nothing reaches the service.
        var run = session.Run(
            $"$input | Set-IotCardBinding -Endpoint https://iotcard.invalid -MaximumRetryCount 0 -OutageTimeoutSec 0 -Proxy {proxy.Endpoint}",
            Rebind(Card1, Device1, NewDevice1));

        Assert.Equal(["ProxyFailed"], run.Each("Code"));
        Assert.Equal(1, proxy.Log.Requests);
    }

    private static void WriteIniFile(string text) =>
        File.WriteAllText(Environment.GetEnvironmentVariable("ALIBABA_CLOUD_CREDENTIALS_FILE")!, text);
}
