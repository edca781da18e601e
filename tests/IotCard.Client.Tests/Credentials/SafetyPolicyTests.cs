using IotCard.Client.Credentials;
using IotCard.Client.Credentials.Policy;

namespace IotCard.Client.Tests.Credentials;

public sealed class SafetyPolicyTests : IDisposable
{
    private const string File = ".aliyun/safety-policy.json";
    private const string Enabled = "ALIBABA_CLOUD_SAFETY_POLICY_ENABLED";
    private const string Rules = "ALIBABA_CLOUD_SAFETY_POLICY_RULES";

    private readonly CredentialHome _home = new();

    public void Dispose() => _home.Dispose();

    [Theory]
    [InlineData("dyiotapi:DoIotChgBindOrUnBind", true)]
    [InlineData("DYIOTAPI:doiotchgbindorunbind", true)]
    [InlineData("dyiotapi:*", true)]
    [InlineData("*:DoIot*", true)]
    [InlineData("*", true)]
    [InlineData("*Chg*Bind*UnBind", true)]
    [InlineData("dyiotapi:DoIotChgBindOrUnBind*", true)]
    [InlineData("**", true)]
    [InlineData("dyiotapi", false)]
    [InlineData("dyiotapi:", false)]
    [InlineData("DoIotChgBindOrUnBind", false)]
    [InlineData("dyiotapi:DoIot?hgBindOrUnBind", false)]
    [InlineData("dyiotapi:DoIot.*", false)]
    [InlineData("*Bind*Bind*Bind*", false)]
    [InlineData("dyiotapi:DoIotChgBindOrUnBind*DoIotChgBindOrUnBind", false)]
    public void A_pattern_matches_as_a_whole_and_only_its_stars_are_special(string pattern, bool matches) =>
        Assert.Equal(matches, new SafetyRule(pattern, SafetyVerdict.Deny).Matches("dyiotapi:DoIotChgBindOrUnBind"));

    [Fact]
    public void Without_a_file_everything_is_allowed() => Assert.Equal(SafetyVerdict.Allow, Check().Verdict);

    [Theory]
    [InlineData("deny", SafetyVerdict.Deny)]
    [InlineData("confirm", SafetyVerdict.Confirm)]
    [InlineData("forbid", SafetyVerdict.Confirm)]
    [InlineData("allow", SafetyVerdict.Allow)]
    [InlineData("", SafetyVerdict.Allow)]
    internal void The_action_of_the_rule_decides_and_is_named(string action, SafetyVerdict verdict)
    {
        var path = _home.Write(File, $$"""{"enabled":true,"rules":[{"pattern":"ecs:*","action":"deny"},{"pattern":"dyiotapi:*","action":"{{action}}"}]}""");

        Assert.Equal(new SafetyDecision(verdict, "dyiotapi:DoIotChgBindOrUnBind", "dyiotapi:*", path), Check() with { Pattern = "dyiotapi:*", Origin = path });
    }

    [Fact]
    public void The_first_rule_that_matches_decides()
    {
        _home.Write(File, """{"enabled":true,"rules":[{"pattern":"dyiotapi:DoIotIs*","action":"allow"},{"pattern":"dyiotapi:*","action":"deny"}]}""");

        Assert.Equal(SafetyVerdict.Deny, Check().Verdict);
        Assert.Equal(SafetyVerdict.Allow, Check("DoIotIsImeiExist").Verdict);
    }

    [Theory]
    [InlineData("""{"rules":[{"pattern":"*","action":"deny"}]}""", null, false)]
    [InlineData("""{"enabled":false,"rules":[{"pattern":"*","action":"deny"}]}""", null, false)]
    [InlineData("""{"enabled":false,"rules":[{"pattern":"*","action":"deny"}]}""", "true", true)]
    [InlineData("""{"enabled":true,"rules":[{"pattern":"*","action":"deny"}]}""", "0", false)]
    [InlineData("""{"enabled":true,"rules":[{"pattern":"*","action":"deny"}]}""", "", true)]
    [InlineData("""{"enabled":true}""", null, false)]
    public void It_has_to_be_enabled_in_the_file_or_by_the_variable(string text, string? enabled, bool denies)
    {
        _home.Write(File, text);
        _home.Variables[Enabled] = enabled;

        Assert.Equal(denies, Check().Verdict == SafetyVerdict.Deny);
    }

    [Theory]
    [InlineData("dyiotapi:*=deny", SafetyVerdict.Deny)]
    [InlineData("ecs:*=deny, dyiotapi:*=confirm", SafetyVerdict.Confirm)]
    [InlineData("ecs:*=deny", SafetyVerdict.Allow)]
    [InlineData(" ", SafetyVerdict.Allow)]
    internal void The_variable_replaces_the_rules_of_the_file(string rules, SafetyVerdict verdict)
    {
        _home.Write(File, """{"enabled":true,"rules":[{"pattern":"*","action":"deny"}]}""");
        _home.Variables[Rules] = rules;

        Assert.Equal(verdict, Check().Verdict);
    }

    [Theory]
    [InlineData("{ not json", null, null, "safety-policy.json is malformed, line 1")]
    [InlineData("null", null, null, "an object is expected")]
    [InlineData("""{"enabled":"yes"}""", null, null, "safety-policy.json is malformed, line 1")]
    [InlineData("""{"enabled":true,"rules":[{"pattern":"*","action":"block"}]}""", null, null, "none of allow, confirm, forbid, deny")]
    [InlineData("""{"enabled":true,"rules":[{"action":"deny"}]}""", null, null, "a rule has no pattern")]
    [InlineData("""{"enabled":true,"rules":[null]}""", null, null, "a rule has no pattern")]
    [InlineData("""{"enabled":true}""", "yes", null, Enabled + " is neither true nor false")]
    [InlineData("""{"enabled":true}""", null, "dyiotapi:*", Rules + " is malformed")]
    [InlineData("""{"enabled":true}""", null, "dyiotapi:*=stop", Rules + " is malformed")]
    [InlineData("""{"enabled":true}""", null, "=deny", Rules + " is malformed")]
    public void What_is_malformed_never_means_that_it_is_off(string text, string? enabled, string? rules, string message)
    {
        _home.Write(File, text);
        _home.Variables[Enabled] = enabled;
        _home.Variables[Rules] = rules;

        var failure = Assert.Throws<CredentialException>(() => Check());

        Assert.Equal(CredentialErrorCode.InvalidPolicy, failure.Code);
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_cannot_be_read_never_means_that_there_is_none()
    {
        Directory.CreateDirectory(_home.Path(File));

        Assert.Equal(CredentialErrorCode.UnreadableFile, Assert.Throws<CredentialException>(() => Check()).Code);
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void A_folder_that_may_not_be_read_never_means_that_there_is_none()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "This user may read every folder.");
        var folder = Path.GetDirectoryName(_home.Write(File, """{"enabled":true,"rules":[{"pattern":"*","action":"deny"}]}"""))!;
        System.IO.File.SetUnixFileMode(folder, UnixFileMode.None);
        try
        {
            Assert.Equal(CredentialErrorCode.UnreadableFile, Assert.Throws<CredentialException>(() => Check()).Code);
        }
        finally
        {
            System.IO.File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public void Beside_another_config_file_there_may_be_another_policy_and_the_stricter_one_counts()
    {
        _home.Write(File, """{"enabled":true,"rules":[{"pattern":"*","action":"confirm"}]}""");
        _home.Variables["ALIBABA_CLOUD_CONFIG_FILE"] = _home.Path("other/config.json");
        Assert.Equal(SafetyVerdict.Confirm, Check().Verdict);

        _home.Write("other/safety-policy.json", """{"enabled":true,"rules":[{"pattern":"*","action":"allow"}]}""");
        Assert.Equal(SafetyVerdict.Confirm, Check().Verdict);

        _home.Write("other/safety-policy.json", """{"enabled":true,"rules":[{"pattern":"*","action":"deny"}]}""");
        Assert.Equal(SafetyVerdict.Deny, Check().Verdict);
    }

    [Theory]
    [InlineData("1", true)]
    [InlineData("True", true)]
    [InlineData("yes", false)]
    [InlineData(null, false)]
    public void Only_the_vendor_s_variable_answers_in_advance(string? value, bool skips)
    {
        _home.Variables["ALIBABA_CLOUD_SAFETY_SKIP_CONFIRM"] = value;

        Assert.Equal(skips, SafetyPolicyReader.SkipsConfirmation(_home.Context()));
    }

    private SafetyDecision Check(string action = "DoIotChgBindOrUnBind") => SafetyPolicy.Check(_home.Context(), "Dyiotapi", action);
}
