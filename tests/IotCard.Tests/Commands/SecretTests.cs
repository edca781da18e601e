using IotCard.Sandbox;
using IotCard.Tests.Hosting;
using static IotCard.Tests.Commands.Rows;

namespace IotCard.Tests.Commands;

[Collection(nameof(ProcessEnvironment))]
public sealed class SecretTests : IDisposable
{
    private const string KeyId = "LTAI5tSandboxKeyId01";
    private const string Secret = "S3cr3tOfTheAccessKey";
    private const string Token = "T0ken/Of+The=Session";
    private const string ProxyPassword = "Pa55wordOfTheProxy";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("ACS3-HMAC-SHA256", Secret)]
    [InlineData("HMAC-SHA1", Secret)]
    [InlineData("ACS3-HMAC-SHA256", "wrong" + Secret)]
    [InlineData("HMAC-SHA1", "wrong" + Secret)]
    public async Task No_secret_token_or_signature_is_in_any_stream_however_verbose(string method, string given)
    {
        await using var session = await ModuleSession.OpenAsync(
            new SandboxOptions { AccessKeys = [new(KeyId, Secret) { SecurityToken = Token }] }, withKey: false);
        session.SetVariable("Key", ModuleSession.Credential(KeyId, given));
        session.SetVariable("Token", ModuleSession.Credential("x", Token).Password);
        var journal = Path.Combine(_folder.FullName, "job.jsonl");

        var run = session.Run(
            Loud($"$input | Set-IotCardBinding -Credential $Key -SecurityToken $Token -SignatureMethod {method} -JournalPath '{journal}'"),
            Rebind(Card1, Device1, NewDevice1),
            Rebind(Card2, Device3, NewDevice2));

        Assert.Equal(given == Secret ? "Succeeded" : "Failed", run.Each("Outcome").First());
        var shown = Shown(session, run);
        Assert.Contains(shown, s => s.Contains("LTAI************Id01", StringComparison.Ordinal));
        AssertHidden(shown, [.. EachPart(Secret, Token), "Signature=", KeyId]);
    }

    [Theory]
    [InlineData("Set-IotCardBinding -MaximumRetryCount 0 -OutageTimeoutSec 0 -Endpoint https://iotcard.invalid -Credential $Key")]
    [InlineData("Test-IotCardConnection -Endpoint https://iotcard.invalid -Credential $Key")]
    [InlineData("Get-IotCardCredential")]
    public async Task The_password_of_a_proxy_that_refuses_it_is_in_no_stream_and_no_error(string command)
    {
        using var environment = new ProcessEnvironment();
        environment.WriteConfig("""{"current":"r","profiles":[{"name":"r","mode":"RamRoleArn","access_key_id":"LTAI5tSandboxKeyId01","access_key_secret":"x","ram_role_arn":"acs:ram::1:role/r"}]}""");
        await using var session = await ModuleSession.OpenAsync(withKey: false);
        await using var proxy = await SandboxService.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);
        session.SetVariable("Key", ModuleSession.Credential(KeyId, Secret));
        session.SetVariable("Proxy", new UriBuilder(proxy.Endpoint) { UserName = "user", Password = ProxyPassword }.Uri);

        var run = session.Run(Loud($"$input | {command} -Proxy $Proxy"), Rebind(Card1, Device1, NewDevice1));

        Assert.True(proxy.Log.Requests > 0);
        Assert.NotEmpty(run.Errors);
        AssertHidden(Shown(session, run), EachPart(ProxyPassword, Secret));
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task No_secret_token_or_password_is_in_the_list_of_processes_or_the_environment_of_a_child()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The list is read from /proc.");
        var list = Path.Combine(_folder.FullName, "processes");
        var program = Path.Combine(_folder.FullName, "vault.sh");
        await File.WriteAllTextAsync(
            program,
            $$"""
            #!/bin/sh
            cat /proc/[0-9]*/cmdline /proc/$$/environ 2>/dev/null | tr '\0' '\n' >'{{list}}'
            echo '{"mode":"StsToken","access_key_id":"{{KeyId}}","access_key_secret":"{{Secret}}","sts_token":"{{Token}}"}'
            """.ReplaceLineEndings("\n"),
            TestContext.Current.CancellationToken);
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        using var environment = new ProcessEnvironment();
        environment.WriteConfig($$"""{"current":"v","profiles":[{"name":"v","mode":"External","process_command":"{{program}}"}]}""");
        await using var session = await ModuleSession.OpenAsync(
            new SandboxOptions { AccessKeys = [new(KeyId, Secret) { SecurityToken = Token }] }, withKey: false);
        session.SetVariable("Proxy", new Uri($"http://user:{ProxyPassword}@127.0.0.1:1"));
        session.SetVariable("ProxyKey", ModuleSession.Credential("user", ProxyPassword));

        // The sandbox is on this machine, so no proxy is used.
        var run = session.Run(Loud("$input | Set-IotCardBinding -Proxy $Proxy -ProxyCredential $ProxyKey"), Rebind(Card1, Device1, NewDevice1));

        Assert.Equal(["Succeeded"], run.Each("Outcome"));
        var processes = await File.ReadAllTextAsync(list, TestContext.Current.CancellationToken);
        Assert.Contains(program, processes, StringComparison.Ordinal);
        Assert.Contains("XDG_STATE_HOME=", processes, StringComparison.Ordinal);
        AssertHidden([processes, .. Shown(session, run)], EachPart(Secret, Token, ProxyPassword));
    }

    [Theory]
    [InlineData("$input | Set-IotCardBinding -Endpoint https://iotcard.invalid -SignatureMethod HMAC-SHA1", "iotcard.invalid")]
    [InlineData("Get-IotCard 89860018521874998319 -Endpoint https://iotcard.invalid:8443 -SignatureMethod hmac-sha1", "iotcard.invalid:8443")]
    [InlineData("Test-IotCardConnection -Endpoint https://iotcard.invalid -SignatureMethod HMAC-SHA1", "iotcard.invalid")]
    [InlineData("$input | Test-IotCardBinding -Operation Rebind -Online -CardEndpoint https://iotcard.invalid -SignatureMethod HMAC-SHA1", "iotcard.invalid")]
    [InlineData("Test-IotCardConnection -Endpoint https://iotcard.invalid", null)]
    [InlineData("Test-IotCardConnection -SignatureMethod HMAC-SHA1", null)]
    [InlineData("Get-IotCard 89860018521874998319 -SignatureMethod HMAC-SHA1", null)]
    [InlineData("$input | Set-IotCardBinding -SignatureMethod HMAC-SHA1", null)]
    [InlineData("$input | Set-IotCardBinding -Endpoint https://127.0.0.1:1 -SignatureMethod HMAC-SHA1", null)]
    public async Task A_request_that_its_receiver_could_replay_causes_a_warning(string command, string? receiver)
    {
        await using var session = await ModuleSession.OpenAsync();

        // Nothing gets further than a proxy without a listener.
        var run = session.Run(
            $"$PSDefaultParameterValues.Remove('*-IotCardBinding:Endpoint'); $PSDefaultParameterValues['*:Credential'] = $Credential; $PSDefaultParameterValues['*:MaximumRetryCount'] = $PSDefaultParameterValues['*:OutageTimeoutSec'] = 0; {command} -Proxy 127.0.0.1:1",
            Rebind(Card1, Device1, NewDevice1));

        Assert.Equal(receiver is null ? 0 : 1, run.Warnings.Count(static w => w.Contains("HMAC-SHA1", StringComparison.Ordinal)));
        Assert.All(run.Warnings.Where(static w => w.Contains("HMAC-SHA1", StringComparison.Ordinal)), w => Assert.Contains($" at {receiver} can ", w, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("T0ken\r\nx-acs-action: Other", "-SecurityToken")]
    [InlineData("T0ken\n", "Get-Content -Raw")]
    [InlineData("T0k\u00e9n", "outside ASCII")]
    public async Task A_token_that_would_get_into_a_header_is_refused_before_anything_is_sent(string token, string reason)
    {
        await using var session = await ModuleSession.OpenAsync(withKey: false);
        session.SetVariable("Key", ModuleSession.Credential("LTAI5tSandboxKeyId01", Secret));
        session.SetVariable("Token", ModuleSession.Credential("x", token).Password);

        var run = session.RunCatching("$input | Set-IotCardBinding -Credential $Key -SecurityToken $Token", Rebind(Card1, Device1, NewDevice1));

        Assert.StartsWith("InvalidCredential,", run.TerminatingError.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(reason, run.TerminatingError.Exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("T0k", run.TerminatingError.Exception.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, session.Sandbox.Log.Requests);
    }

    [Theory]
    [InlineData("8986\u001b[31m0412345678901")]
    [InlineData("8986\u202e0412345678901")]
    [InlineData("8986\u20280412345678901")]
    public async Task What_a_terminal_would_interpret_is_in_no_result_and_no_error(string iccid)
    {
        await using var session = await ModuleSession.OpenAsync();

        var run = session.Run("$input | Set-IotCardBinding", Rebind(iccid, Device1, NewDevice1));

        Assert.Equal(["InvalidIccid"], run.Each("Code"));
        var shown = run.Output.SelectMany(o => o.Properties.Select(p => p.Value?.ToString())).Concat(run.Errors.Select(e => e.ToString())).ToList();
        Assert.DoesNotContain(shown, s => s?.Any(static c => char.IsControl(c) || c is '\u202e' or '\u2028') == true);
    }

    [Fact]
    public async Task A_cell_that_a_spreadsheet_would_run_is_exported_with_the_apostrophe_that_it_had()
    {
        await using var session = await ModuleSession.OpenAsync();

        var run = session.Run("$input | Set-IotCardBinding", Rebind("'=HYPERLINK(\"http://x\")", Device1, NewDevice1));

        Assert.Equal(["'=HYPERLINK(\"http://x\")"], run.Each("Iccid"));
    }

    private static string Loud(string command) => $"$DebugPreference = 'Continue'; {command} -Verbose -Debug";

    /// <summary>Everything that a run left anywhere: streams, errors with all their contents, the host's screen and every journal.</summary>
    private List<string> Shown(ModuleSession session, Streams run)
    {
        var files = _folder.GetFiles("*.jsonl")
            .Concat(new DirectoryInfo(StateHome.Path).GetFiles("*", SearchOption.AllDirectories))
            .Select(static f => ReadShared(f.FullName));
        return [.. ShownContents.Of(session, run), .. files];
    }

    /// <summary>Reads a file that another test's run may be writing.</summary>
    private static string ReadShared(string path)
    {
        using var file = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        return file.ReadToEnd();
    }

    private static void AssertHidden(IReadOnlyCollection<string> shown, IEnumerable<string> secrets) =>
        Assert.All(secrets, secret => Assert.DoesNotContain(shown, s => s.Contains(secret, StringComparison.Ordinal)));

    /// <summary>Every part of 16 characters, plain and percent-encoded once and twice.</summary>
    private static IEnumerable<string> EachPart(params string[] secrets) =>
        secrets.SelectMany(static s => new[] { s, Uri.EscapeDataString(s), Uri.EscapeDataString(Uri.EscapeDataString(s)) })
            .Distinct()
            .SelectMany(static s => Enumerable.Range(0, s.Length - 15).Select(i => s.Substring(i, 16)));
}
