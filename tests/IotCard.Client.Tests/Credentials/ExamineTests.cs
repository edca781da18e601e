using IotCard.Client.Credentials;
using IotCard.Client.Credentials.Resolution;

namespace IotCard.Client.Tests.Credentials;

public sealed class ExamineTests : IDisposable
{
    private readonly CredentialHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task All_sources_are_reported_in_order_and_those_after_the_used_one_are_not_queried()
    {
        using var transport = new RecordingHandler();
        _home.Transport = transport;
        _home.Variables.Remove("ALIBABA_CLOUD_ECS_METADATA_DISABLED");
        _home.Variables["ALIBABA_CLOUD_CREDENTIALS_URI"] = "http://127.0.0.1:1/";
        _home.WriteCliProfile(""" "mode":"AK","access_key_id":"LTAIcliprofile001","access_key_secret":"KEEPOUT" """);
        _home.Write(
            CredentialHome.Ini,
            "[default]\ntype=ram_role_arn\naccess_key_id=LTAIini0000000001\naccess_key_secret=KEEPOUT\nrole_arn=r\nrole_session_name=n\n");

        var findings = await ExamineAsync(null, all: true);

        Assert.Equal(
            [
                "Environment Skipped", "Oidc Skipped", "CliProfile Used", "IniProfile Superseded", "EcsInstanceRole Superseded", "CredentialsUri Superseded",
            ],
            findings.Select(f => $"{f.Source} {f.State}"));
        Assert.Empty(transport.Addresses);
        var used = findings[2];
        Assert.Equal("default", used.Profile);
        Assert.Equal(_home.Path(CredentialHome.CliConfig), used.Path);
        Assert.Equal("LTAI*********e001", used.MaskedAccessKeyId);
        Assert.False(used.IsTemporary);
        Assert.Null(used.Expiration);
        Assert.Equal("CLI profile comes first", findings[3].Reason);
        Assert.Null(findings[3].MaskedAccessKeyId);
        Assert.All(findings, f => Assert.DoesNotContain("KEEPOUT", f.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_all_it_ends_with_the_source_that_is_used()
    {
        _home.WriteCliProfile(""" "mode":"StsToken","access_key_id":"STS.cliprofile001","access_key_secret":"s","sts_token":"t" """);

        var findings = await ExamineAsync(null, all: false);

        Assert.Equal(3, findings.Count);
        Assert.Equal(CredentialFindingState.Used, findings[2].State);
        Assert.True(findings[2].IsTemporary);
    }

    [Fact]
    public async Task A_temporary_credential_is_reported_with_its_expiration()
    {
        await using var sts = await StsServer.StartAsync(_home.Clock);
        sts.Knows("LTAIcliprofile001", "s");
        _home.Sts = sts.Address;
        _home.WriteCliProfile(""" "mode":"RamRoleArn","access_key_id":"LTAIcliprofile001","access_key_secret":"s","ram_role_arn":"r" """);

        var used = Assert.Single(await ExamineAsync("default", all: false));

        Assert.Equal("STS.***ued1", used.MaskedAccessKeyId);
        Assert.True(used.IsTemporary);
        Assert.Equal(_home.Clock.GetUtcNow().AddHours(1), used.Expiration);
    }

    [Fact]
    public async Task With_a_name_and_all_both_files_are_reported_and_nothing_else()
    {
        _home.Variables["ALIBABA_CLOUD_ACCESS_KEY_ID"] = "LTAIenvironment01";
        _home.Variables["ALIBABA_CLOUD_ACCESS_KEY_SECRET"] = "s";
        _home.WriteCliProfile(""" "mode":"AK","access_key_id":"LTAIcliprofile001","access_key_secret":"s" """);
        _home.Write(
            CredentialHome.Ini,
            "[default]\ntype=access_key\naccess_key_id=LTAIini0000000001\naccess_key_secret=s\n[other]\ntype=access_key\naccess_key_id=LTAIini0000000002\naccess_key_secret=s\n");

        var both = await ExamineAsync("default", all: true);
        var second = await ExamineAsync("other", all: true);
        var failure = await Assert.ThrowsAsync<CredentialException>(() => ExamineAsync("gone", all: true));

        Assert.Equal(["CliProfile Used", "IniProfile Superseded"], both.Select(static f => $"{f.Source} {f.State}"));
        Assert.Equal("LTAI*********0001", both[1].MaskedAccessKeyId);
        Assert.Equal(["CliProfile Skipped", "IniProfile Used"], second.Select(static f => $"{f.Source} {f.State}"));
        Assert.Equal(CredentialErrorCode.ProfileNotFound, failure.Code);
    }

    [Fact]
    public async Task A_named_profile_that_fails_is_not_replaced_by_one_of_its_name_in_the_other_file()
    {
        _home.WriteCliProfile(""" "mode":"AK" """);
        _home.Write(CredentialHome.Ini, "[default]\ntype=access_key\naccess_key_id=LTAIini0000000001\naccess_key_secret=s\n");

        var findings = await ExamineAsync("default", all: true);

        Assert.Equal(["CliProfile Failed", "IniProfile Superseded"], findings.Select(static f => $"{f.Source} {f.State}"));
    }

    [Fact]
    public async Task A_named_profile_that_fails_is_a_finding_and_one_that_does_not_exist_an_error()
    {
        _home.WriteCliProfile(""" "mode":"AK" """);
        var resolver = _home.Resolver();

        var finding = Assert.Single(await resolver.ExamineAsync("default", all: false, TestContext.Current.CancellationToken));

        Assert.Equal(CredentialFindingState.Failed, finding.State);
        Assert.Empty(resolver.Warnings);
        var failure = await Assert.ThrowsAsync<CredentialException>(() => ExamineAsync("gone", all: false));
        Assert.Equal(CredentialErrorCode.ProfileNotFound, failure.Code);
    }

    [Fact]
    public async Task Without_any_credential_every_source_is_reported()
    {
        var findings = await ExamineAsync(null, all: false);

        Assert.Equal(6, findings.Count);
        Assert.All(findings, f => Assert.Equal(CredentialFindingState.Skipped, f.State));
    }

    [Fact]
    public void Profile_names_come_from_both_files_each_once()
    {
        _home.Write(CredentialHome.CliConfig, """{"profiles":[{"name":"b"},{"name":"a"},null,{"mode":"AK"}]}""");
        _home.Write(CredentialHome.Ini, "[default]\n[a]\n");

        Assert.Equal(["b", "a", "default"], _home.Resolver().ProfileNames());
    }

    [Theory]
    [InlineData("{", "[a]\n", new[] { "a" })]
    [InlineData("{\"profiles\":[{\"name\":\"p\"}]}", "nonsense", new[] { "p" })]
    [InlineData("null", "nonsense", new string[0])]
    public void Profile_names_are_never_an_error(string cli, string ini, string[] expected)
    {
        _home.Write(CredentialHome.CliConfig, cli);
        _home.Write(CredentialHome.Ini, ini);

        Assert.Equal(expected, _home.Resolver().ProfileNames());
    }

    [Fact]
    public void Without_files_there_are_no_names() => Assert.Empty(_home.Resolver().ProfileNames());

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    public async Task A_file_that_others_can_read_causes_one_warning(UnixFileMode others)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such mode.");
        var path = _home.WriteCliProfile(""" "mode":"AK","access_key_id":"LTAIcliprofile001","access_key_secret":"s" """);
        Share(path, others);
        var resolver = _home.Resolver();

        await resolver.ResolveAsync(null, TestContext.Current.CancellationToken);
        await resolver.ResolveAsync("default", TestContext.Current.CancellationToken);

        var warning = Assert.Single(resolver.Warnings);
        Assert.Equal(CredentialWarningCode.FileReadableByOthers, warning.Code);
        Assert.Equal(path, warning.Path);
        Assert.EndsWith($"chmod 600 '{path}'", warning.Words.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_is_as_readable_as_its_target()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such mode.");
        var kept = _home.Write("kept.json", """{"current":"p","profiles":[{"name":"p","mode":"AK","access_key_id":"LTAIkept00000001","access_key_secret":"s"}]}""");
        Directory.CreateDirectory(_home.Path(".aliyun"));
        File.CreateSymbolicLink(_home.Path(CredentialHome.CliConfig), kept);

        var closed = _home.Resolver();
        await closed.ResolveAsync("p", TestContext.Current.CancellationToken);
        Share(kept, UnixFileMode.OtherRead);
        var open = _home.Resolver();
        await open.ResolveAsync("p", TestContext.Current.CancellationToken);

        Assert.Empty(closed.Warnings);
        Assert.Single(open.Warnings);
    }

    [Fact]
    public async Task A_file_without_a_secret_causes_none()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such mode.");
        Share(_home.WriteCliProfile(""" "mode":"EcsRamRole" """), UnixFileMode.OtherRead);
        Share(_home.Write(CredentialHome.Ini, "[default]\ntype=ecs_ram_role\n"), UnixFileMode.OtherRead);
        var resolver = _home.Resolver();

        await resolver.ExamineAsync(null, all: true, TestContext.Current.CancellationToken);

        Assert.Empty(resolver.Warnings);
    }

    private Task<IReadOnlyList<CredentialFinding>> ExamineAsync(string? profile, bool all) =>
        _home.Resolver().ExamineAsync(profile, all, TestContext.Current.CancellationToken);

    private static void Share(string path, UnixFileMode others)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | others);
        }
    }
}
