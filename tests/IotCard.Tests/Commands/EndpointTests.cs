using IotCard.Sandbox;
using IotCard.Tests.Hosting;
using static IotCard.Tests.Commands.Rows;

namespace IotCard.Tests.Commands;

/// <summary>Where the commands send their requests: a parameter, else <c>$env:IOTCARD_ENDPOINT</c>, else the service.</summary>
[Collection(nameof(ProcessEnvironment))]
public sealed class EndpointTests : IDisposable
{
    private const string Variable = "IOTCARD_ENDPOINT";
    private const string Secret = "S3cretOfTheAddress";

    /// <summary>Every command that has -Endpoint or -CardEndpoint, by name, with what sends a request.</summary>
    private static readonly Dictionary<string, string> Calls = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Get-IotCard"] = $"Get-IotCard {Card1}",
        ["Get-IotCardAuditEvent"] = "Get-IotCardAuditEvent",
        ["Register-IotCardDevice"] = $"Register-IotCardDevice {NewDevice1} -Confirm:$false",
        ["Resolve-IotCardJournal"] = "Resolve-IotCardJournal $env:IOTCARD_TEST_JOURNAL -FromAuditTrail -Confirm:$false",
        ["Remove-IotCardBinding"] = $"Remove-IotCardBinding {Card2} {Device2} -Confirm:$false",
        ["Set-IotCardBinding"] = "$input | Set-IotCardBinding",
        ["Test-IotCardBinding"] = "$input | Test-IotCardBinding -Operation Rebind -Online",
        ["Test-IotCardConnection"] = "Test-IotCardConnection",
        ["Test-IotCardDevice"] = $"Test-IotCardDevice {NewDevice1}",
    };

    private readonly ProcessEnvironment _environment = new();

    public void Dispose() => _environment.Dispose();

    [Fact]
    public async Task In_practice_mode_every_call_of_every_command_goes_to_the_sandbox()
    {
        await using var session = await SessionAsync();
        _environment.Set(Variable, session.Sandbox.Endpoint.AbsoluteUri);
        var withEndpoint = session.Run("Get-Command -Module IotCard | Where-Object { $_.Parameters.Keys -match 'Endpoint$' }").Each("Name");

        Assert.Equal(withEndpoint.Order(), Calls.Keys.Order());
        LoseAnAnswer(session);
        Assert.All(Calls.Values, call =>
        {
            var before = session.Sandbox.Log.Requests;

            // Nothing that went anywhere else would get further than a proxy without a listener.
            var run = session.Run($"{call} -Proxy 127.0.0.1:1 -Verbose", Rebind(Card1, Device1, NewDevice1));

            Assert.True(session.Sandbox.Log.Requests > before, call);
            Assert.All(run.Verbose.Where(static v => v.StartsWith("Endpoint:", StringComparison.Ordinal)), v => Assert.Contains(session.Sandbox.Endpoint.Authority, v, StringComparison.Ordinal));
        });
    }

    [Theory]
    [InlineData("$input | Set-IotCardBinding")]
    [InlineData("$input | Test-IotCardBinding -Operation Rebind -Online")]
    public async Task An_endpoint_that_is_given_precedes_the_variable_and_a_sandbox_looks_up_the_cards_as_well(string command)
    {
        await using var session = await SessionAsync();
        _environment.Set(Variable, "https://iotcard.invalid");

        var run = session.Run($"{command} -Endpoint {session.Sandbox.Endpoint} -Proxy 127.0.0.1:1 {(command.Contains("Online", StringComparison.Ordinal) ? $"-CardEndpoint {session.Sandbox.Endpoint}" : "")}", Rebind(Card1, Device1, NewDevice1));

        Assert.Empty(run.Errors);
        Assert.True(session.Sandbox.Log.Requests > 0);
    }

    [Fact]
    public async Task Cards_are_looked_up_in_the_sandbox_that_the_endpoint_names()
    {
        await using var session = await SessionAsync();

        var run = session.Run($"$input | Test-IotCardBinding -Operation Rebind -Online -Endpoint {session.Sandbox.Endpoint} -Proxy 127.0.0.1:1", Rebind(Card1, Device1, NewDevice1));

        Assert.Empty(run.Errors);
        Assert.Equal(2, session.Sandbox.Log.Requests);
    }

    [Theory]
    [InlineData("\"http://127.0.0.1:8080\"", "quotation mark")]
    [InlineData("127.0.0.1:8080", "such as https://dyiotapi.aliyuncs.com")]
    [InlineData("http://example.com", "must be https")]
    public async Task A_malformed_variable_is_named_and_never_means_the_live_service(string value, string reason)
    {
        await using var session = await SessionAsync();
        _environment.Set(Variable, value);

        var run = session.RunCatching("$input | Set-IotCardBinding -Proxy 127.0.0.1:1", Rebind(Card1, Device1, NewDevice1));

        Assert.StartsWith("InvalidEndpoint,", run.TerminatingError.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.StartsWith("$env:IOTCARD_ENDPOINT is not valid: ", run.TerminatingError.Exception.Message, StringComparison.Ordinal);
        Assert.Contains(reason, run.TerminatingError.Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Endpoint", $"https://user:{Secret}/x@host.example", "user name and password")]
    [InlineData("Endpoint", $"https://user:{Secret}@host.example:99999", "user name and password")]
    [InlineData("Endpoint", $"https://host.example/?token={Secret}", "the query")]
    [InlineData("Endpoint", $"https://host.example/{Secret}", "the path")]
    [InlineData("Endpoint", $"https://host.example#{Secret}", "the fragment")]
    [InlineData("Endpoint", $"https://user:{Secret}", "the port")]
    [InlineData("Endpoint", "https://", "no valid host name")]
    [InlineData("Proxy", $"http://user:{Secret}/x@proxy.example:8080", "%2F")]
    [InlineData("Proxy", $"http://user:{Secret}#x@proxy.example:8080", "%23")]
    [InlineData("Proxy", $"http://user:{Secret}@proxy.example:http", "the port")]
    [InlineData("Proxy", $"http://user:{Secret}", "the port")]
    [InlineData("Proxy", $"ftp://user:{Secret}@proxy.example", "its scheme is none of http")]
    [InlineData("Proxy", $"\"http://user:{Secret}@proxy.example\"", "quotation mark")]
    public async Task What_is_wrong_with_an_address_is_said_without_showing_or_keeping_its_secret(string parameter, string address, string reason)
    {
        await using var session = await SessionAsync();
        session.SetVariable("Address", address);

        var run = session.RunCatching($"$Error.Clear(); $input | Set-IotCardBinding -{parameter} $Address", Rebind(Card1, Device1, NewDevice1));
        var kept = session.Run("$Error");

        Assert.Equal($"Invalid{parameter},IotCard.Commands.SetIotCardBindingCommand", run.TerminatingError.FullyQualifiedErrorId);
        Assert.Contains(reason, run.TerminatingError.Exception.Message, StringComparison.Ordinal);
        Assert.NotEmpty(kept.Output);
        Assert.DoesNotContain(ShownContents.Of(session, run).Concat(ShownContents.Of(session, kept)), static s => s.Contains(Secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_command_shows_a_password_in_any_parameter_that_takes_an_address()
    {
        await using var session = await SessionAsync();
        _environment.Set(Variable, session.Sandbox.Endpoint.AbsoluteUri);
        session.SetVariable("Address", $"ftp://user:{Secret}@iotcard.invalid");
        var parameters = session.Run(
            """
            Get-Command -Module IotCard | ForEach-Object {
                $command = $_.Name
                $_.Parameters.Values | Where-Object { $_.Attributes.TypeId.Name -contains 'AddressAttribute' } | ForEach-Object { "$command -$($_.Name)" }
            }
            """).Output.Select(static found => found.ToString().Split(' ')).ToList();

        Assert.Equal(["-CardEndpoint", "-Endpoint", "-Proxy"], parameters.Select(static found => found[1]).Distinct().Order());
        LoseAnAnswer(session);
        Assert.All(parameters, found =>
        {
            var run = session.RunCatching($"$Error.Clear(); {Calls.GetValueOrDefault(found[0], found[0])} {found[1]} $Address", Rebind(Card1, Device1, NewDevice1));
            var kept = session.Run("$Error");

            Assert.StartsWith("Invalid", run.TerminatingError.FullyQualifiedErrorId, StringComparison.Ordinal);
            Assert.NotEmpty(kept.Output);
            Assert.DoesNotContain(ShownContents.Of(session, run).Concat(ShownContents.Of(session, kept)), static s => s.Contains(Secret, StringComparison.Ordinal));
        });
    }

    [Theory]
    [InlineData("$input | Set-IotCardBinding -Endpoint https://iotcard.invalid")]
    [InlineData("$PSDefaultParameterValues.Clear(); Get-IotCardCredential")]
    public async Task A_malformed_proxy_variable_is_named_before_anything_is_sent(string command)
    {
        await using var session = await SessionAsync();
        _environment.Set("https_proxy", null);
        _environment.Set("HTTPS_PROXY", $"\"http://user:{Secret}@127.0.0.1:1\"");

        var run = session.RunCatching($"{command}", Rebind(Card1, Device1, NewDevice1));

        Assert.StartsWith("InvalidProxy,", run.TerminatingError.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("_proxy is not valid", run.TerminatingError.Exception.Message, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(ShownContents.Of(session, run), static s => s.Contains(Secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_status_with_which_a_proxy_refuses_is_in_the_message()
    {
        await using var session = await SessionAsync();
        await using var proxy = await SandboxService.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);

        // The sandbox does not know CONNECT.
        var run = session.Run($"$input | Set-IotCardBinding -Endpoint https://iotcard.invalid -Proxy {proxy.Endpoint} -MaximumRetryCount 0 -OutageTimeoutSec 0", Rebind(Card1, Device1, NewDevice1));

        Assert.Equal(["ProxyFailed"], run.Each("Code"));
        Assert.Matches(@"through the proxy 127\.0\.0\.1:\d+: HTTP 4\d\d\)", run.Each("Message").Single()!);
    }

    /// <summary>Leaves a journal with a row whose outcome is Unknown.</summary>
    private void LoseAnAnswer(ModuleSession session)
    {
        var journal = Path.Combine(Directory.CreateTempSubdirectory("iotcard-").FullName, "job.jsonl");
        _environment.Set("IOTCARD_TEST_JOURNAL", journal);
        session.Sandbox.Faults = FaultPlan.Script(FaultKind.CloseAfter);
        session.Run("$input | Set-IotCardBinding -JournalPath $env:IOTCARD_TEST_JOURNAL -Proxy 127.0.0.1:1 -ErrorAction SilentlyContinue -WarningAction SilentlyContinue", Rebind(Card1, Device1, NewDevice1));
        session.Sandbox.Faults = FaultPlan.None;
    }

    /// <summary>A session with a key, but without an endpoint of its own.</summary>
    private static async Task<ModuleSession> SessionAsync()
    {
        var session = await ModuleSession.OpenAsync();
        session.Run("$PSDefaultParameterValues.Clear(); $PSDefaultParameterValues['*-IotCard*:Credential'] = $Credential");
        return session;
    }
}
