using System.Globalization;
using IotCard.Sandbox;
using IotCard.Tests.Hosting;
using static IotCard.Tests.Commands.Rows;

namespace IotCard.Tests.Commands;

[Collection(nameof(ProcessEnvironment))]
public sealed class SecretTests
{
    private const string Secret = "S3cr3tOfTheAccessKey";
    private const string Token = "T0ken/Of+The=Session";
    private const string ProxyPassword = "Pa55wordOfTheProxy";

    [Theory]
    [InlineData("ACS3-HMAC-SHA256", Secret)]
    [InlineData("HMAC-SHA1", Secret)]
    [InlineData("ACS3-HMAC-SHA256", "wrong" + Secret)]
    [InlineData("HMAC-SHA1", "wrong" + Secret)]
    public async Task No_secret_token_or_signature_is_in_any_stream_however_verbose(string method, string given)
    {
        await using var session = await ModuleSession.OpenAsync(
            new SandboxOptions { AccessKeys = [new("LTAI5tSandboxKeyId01", Secret) { SecurityToken = Token }] }, withKey: false);
        session.SetVariable("Key", ModuleSession.Credential("LTAI5tSandboxKeyId01", given));
        session.SetVariable("Token", ModuleSession.Credential("x", Token).Password);

        var folder = Directory.CreateTempSubdirectory();
        var journal = Path.Combine(folder.FullName, "job.jsonl");

        var run = session.Run(
            $"$DebugPreference = 'Continue'; $input | Set-IotCardBinding -Credential $Key -SecurityToken $Token -SignatureMethod {method} -JournalPath '{journal}' -Verbose -Debug",
            Rebind(Card1, Device1, NewDevice1),
            Rebind(Card2, Device1, NewDevice2));

        var shown = run.Verbose.Concat(run.Warnings).Concat(run.Debug)
            .Concat(run.Errors.SelectMany(e => new[]
            {
                e.ToString(), e.Exception.ToString(), e.ErrorDetails?.RecommendedAction, Convert.ToString(e.TargetObject, CultureInfo.InvariantCulture),
            }))
            .Concat(run.Output.SelectMany(o => o.Properties.Select(p => p.Value?.ToString())))
            .Concat(run.Progress.Select(p => p.ToString()))
            .Concat(run.Errors.SelectMany(e => Everything(e, depth: 6)))
            .Append(await File.ReadAllTextAsync(journal, TestContext.Current.CancellationToken))
            .ToList();
        folder.Delete(recursive: true);
        Assert.Equal(given == Secret, run.Each("Outcome").First() == "Succeeded");
        Assert.Contains(shown, s => s!.Contains("LTAI************Id01", StringComparison.Ordinal));
        Assert.All(Parts(Secret, Token, Uri.EscapeDataString(Token), Uri.EscapeDataString(Uri.EscapeDataString(Token))).Append("Signature=").Append("LTAI5tSandboxKeyId01"), secret =>
            Assert.DoesNotContain(shown, s => s?.Contains(secret, StringComparison.Ordinal) == true));
    }

    [Theory]
    [InlineData("Set-IotCardBinding -MaximumRetryCount 0 -OutageTimeoutSec 0 -NoJournal -Endpoint https://iotcard.invalid -Credential $Key")]
    [InlineData("Get-IotCardCredential")]
    public async Task The_password_of_a_proxy_that_refuses_it_is_in_no_stream_and_no_error(string command)
    {
        using var environment = new ProcessEnvironment();
        environment.WriteConfig("""{"current":"r","profiles":[{"name":"r","mode":"RamRoleArn","access_key_id":"LTAI5tSandboxKeyId01","access_key_secret":"x","ram_role_arn":"acs:ram::1:role/r"}]}""");
        await using var session = await ModuleSession.OpenAsync(withKey: false);
        await using var proxy = await SandboxService.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);
        session.SetVariable("Key", ModuleSession.Credential("LTAI5tSandboxKeyId01", Secret));
        session.SetVariable("Proxy", new UriBuilder(proxy.Endpoint) { UserName = "user", Password = ProxyPassword }.Uri);

        var run = session.Run($"$input | {command} -Proxy $Proxy -Verbose -Debug 2>&1", Rebind(Card1, Device1, NewDevice1));

        Assert.True(proxy.Log.Requests > 0);
        var shown = run.Verbose.Concat(run.Warnings).Concat(run.Debug)
            .Concat(run.Errors.SelectMany(e => Everything(e, depth: 6)))
            .Concat(run.Output.SelectMany(o => Everything(o.BaseObject, depth: 6)))
            .ToList();
        Assert.NotEmpty(shown);
        Assert.All(Parts(ProxyPassword), secret => Assert.DoesNotContain(shown, s => s?.Contains(secret, StringComparison.Ordinal) == true));
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

    /// <summary>Every part of 16 characters.</summary>
    private static IEnumerable<string> Parts(params string[] secrets) =>
        secrets.SelectMany(static s => Enumerable.Range(0, s.Length - 15).Select(i => s.Substring(i, 16)));

    /// <summary>
    /// What Format-List -Force shows of an error, and more: all its properties and theirs, except the typed line and
    /// its parameters.
    /// </summary>
    private static IEnumerable<string?> Everything(object? value, int depth)
    {
        if (value is null || depth == 0)
        {
            yield break;
        }

        yield return Convert.ToString(value, CultureInfo.InvariantCulture);
        if (value is string || value.GetType().IsPrimitive || value is System.Reflection.MemberInfo or System.Reflection.Assembly or System.Management.Automation.InvocationInfo)
        {
            yield break;
        }

        if (value is System.Collections.IDictionary data)
        {
            foreach (System.Collections.DictionaryEntry entry in data)
            {
                yield return $"{entry.Key}={entry.Value}";
            }
        }

        foreach (var property in value.GetType().GetProperties().Where(p => p.GetIndexParameters().Length == 0 && p.CanRead))
        {
            object? held;
            try
            {
                held = property.GetValue(value);
            }
            catch (System.Reflection.TargetInvocationException)
            {
                continue;
            }

            foreach (var text in Everything(held, depth - 1))
            {
                yield return text;
            }
        }
    }
}
