using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using IotCard.Client.Credentials;

namespace IotCard.Client.Tests.Credentials;

public sealed class ExternalTests : IDisposable
{
    private readonly CredentialHome _home;

    public ExternalTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The commands of these tests are for a Unix shell.");

        // Only here, because nobody disposes a skipped test.
        _home = new CredentialHome();
    }

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task The_command_s_output_is_the_credential()
    {
        Profile("""echo '{"mode":"StsToken","access_key_id":"STS.external00001","access_key_secret":"x-secret","sts_token":"x-token","expiration":"2026-03-01T13:00:00Z"}'""");

        var provider = await _home.ResolveAsync();
        var credential = await provider.NowAsync();

        await CredentialAssert.IsAsync(credential, "STS.external00001", "x-secret", "x-token");
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 13, 0, 0, TimeSpan.Zero), credential.Expiration);
        Assert.Equal("CLI profile 'default' (External)", provider.Source);
    }

    [Fact]
    public async Task A_permanent_key_is_requested_once_until_the_service_calls_it_expired()
    {
        var counter = _home.Path("count");
        Profile($$"""echo run >> '{{counter}}'; n=$(wc -l < '{{counter}}' | tr -d ' '); echo "{\"mode\":\"AK\",\"access_key_id\":\"LTAIexternal000$n\",\"access_key_secret\":\"s\"}" """);
        var provider = await _home.ResolveAsync();
        var first = await provider.NowAsync();
        _home.Clock.Advance(TimeSpan.FromDays(1));

        Assert.Same(first, await provider.NowAsync());
        Assert.Equal("LTAIexternal0002", (await provider.RenewedAsync(first))!.AccessKeyId);
    }

    [Fact]
    public async Task A_large_output_on_both_streams_does_not_stop_it()
    {
        Profile("""head -c 300000 /dev/zero | tr '\0' ' '; head -c 300000 /dev/zero >&2; echo '{"mode":"AK","access_key_id":"LTAIexternal0001","access_key_secret":"s"}'""");

        Assert.Equal("LTAIexternal0001", (await _home.CredentialAsync()).AccessKeyId);
    }

    [Fact]
    public async Task An_endless_output_is_cut_off()
    {
        Assert.SkipUnless(ClientBuild.IsForNet, "The build for .NET Framework has a program of Windows kill the children.");
        Profile("yes");

        var failure = await _home.FailureAsync("default");

        Assert.Equal(CredentialErrorCode.ExternalCommandFailed, failure.Code);
        Assert.Contains("more than 1 MiB", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_that_prompts_gets_no_input()
    {
        Profile("""read answer; echo '{"mode":"AK","access_key_id":"LTAIexternal0001","access_key_secret":"s"}'""");

        Assert.Equal("LTAIexternal0001", (await _home.CredentialAsync()).AccessKeyId);
    }

    [Theory]
    [InlineData("echo KEEPOUT; echo KEEPOUT >&2; exit 3", CredentialErrorCode.ExternalCommandFailed, "ended with code 3")]
    [InlineData("echo KEEPOUT", CredentialErrorCode.InvalidResponse, "did not print the expected JSON")]
    [InlineData("""echo '{"mode":"StsToken","access_key_id":"STS.1","access_key_secret":"KEEPOUT"}'""", CredentialErrorCode.InvalidResponse, "a security token is missing")]
    [InlineData("""echo '{"mode":"AK","access_key_secret":"KEEPOUT"}'""", CredentialErrorCode.InvalidResponse, "an AccessKey ID is missing")]
    public async Task The_error_of_a_failed_command_says_how_and_shows_nothing_of_its_output(string script, string code, string reason)
    {
        Profile(script);

        var failure = await _home.FailureAsync("default");

        Assert.Equal(code, failure.Code);
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("KEEPOUT", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_program_is_named()
    {
        _home.WriteCliProfile(""" "mode":"External","process_command":"no-such-program --x" """);

        var failure = await _home.FailureAsync("default");

        Assert.Equal(CredentialErrorCode.ExternalCommandFailed, failure.Code);
        Assert.Contains("no 'no-such-program' in the search path", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("./command.sh")]
    [InlineData("tools/command.sh")]
    [InlineData("../command.sh")]
    public async Task A_program_in_the_current_folder_is_not_started(string program)
    {
        _home.WriteCliProfile($$""" "mode":"External","process_command":"{{program}} KEEPOUT" """);

        var failure = await _home.FailureAsync("default");

        Assert.Equal(CredentialErrorCode.ExternalCommandFailed, failure.Code);
        Assert.Contains($"'{program}' depends on the current folder", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("KEEPOUT", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_variable_before_the_program_is_reported_without_its_value()
    {
        _home.WriteCliProfile(""" "mode":"External","process_command":"TOKEN=KEEPOUT vault read" """);

        var failure = await _home.FailureAsync("default");

        Assert.Contains("TOKEN=…", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("KEEPOUT", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_may_not_be_run_is_reported_without_its_command_line()
    {
        var file = _home.Write("not-a-program", "x");
        _home.WriteCliProfile($""" "mode":"External","process_command":{JsonSerializer.Serialize($"'{file}' --token KEEPOUT")} """);

        var failure = await _home.FailureAsync("default");

        Assert.Equal(CredentialErrorCode.ExternalCommandFailed, failure.Code);
        Assert.DoesNotContain("KEEPOUT", failure.ToString(), StringComparison.Ordinal);
        Assert.Null(failure.InnerException);
    }

    [Fact]
    public async Task A_child_that_outlives_the_command_ends_with_it()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux shows whose child a process was.");
        var ids = _home.Path("ids");
        Profile($$"""sleep 333 & echo $! > '{{ids}}'; echo '{"mode":"AK","access_key_id":"LTAIexternal0001","access_key_secret":"s"}'; exit 0""");

        Assert.Equal("LTAIexternal0001", (await _home.CredentialAsync("default")).AccessKeyId);

        await EndedAsync(await ProcessesAsync(ids, 1));
    }

    [Fact]
    public async Task After_sixty_seconds_it_is_killed_with_its_children()
    {
        Assert.SkipUnless(ClientBuild.IsForNet, "The build for .NET Framework has a program of Windows kill the children.");
        var ids = _home.Path("ids");
        Profile($"sleep 300 & echo $! >> '{ids}'; echo $$ >> '{ids}'; wait");
        var resolving = _home.FailureAsync("default");
        var processes = await ProcessesAsync(ids, 2);

        _home.Clock.Advance(TimeSpan.FromSeconds(59.9));
        Assert.All(processes, id => Assert.True(IsRunning(id)));
        _home.Clock.Advance(TimeSpan.FromSeconds(0.1));

        Assert.Equal(CredentialErrorCode.ExternalCommandTimeout, (await resolving).Code);
        await EndedAsync(processes);
    }

    [Fact]
    public async Task On_cancellation_it_is_killed_with_its_children()
    {
        Assert.SkipUnless(ClientBuild.IsForNet, "The build for .NET Framework has a program of Windows kill the children.");
        var ids = _home.Path("ids");
        Profile($"sleep 300 & echo $! >> '{ids}'; echo $$ >> '{ids}'; wait");
        using var stop = new CancellationTokenSource();
        var resolving = _home.Resolver().ResolveAsync("default", stop.Token);
        var processes = await ProcessesAsync(ids, 2);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => resolving);
        await EndedAsync(processes);
    }

    private void Profile(string script)
    {
        var file = _home.Write("command.sh", script + "\n");
        _home.WriteCliProfile($""" "mode":"External","process_command":{JsonSerializer.Serialize($"sh '{file}'")} """);
    }

    /// <summary>Waits until a command has written the IDs of this many processes.</summary>
    private static async Task<IReadOnlyList<int>> ProcessesAsync(string ids, int count)
    {
        string[] lines = [];
        await PollAsync(() => (lines = File.Exists(ids) ? File.ReadAllLines(ids) : []).Length >= count);
        return [.. lines.Select(line => int.Parse(line, CultureInfo.InvariantCulture))];
    }

    private static Task EndedAsync(IReadOnlyCollection<int> processes) => PollAsync(() => !processes.Any(IsRunning));

    /// <summary>Other processes do not say when they have done something. One that never does fails the test.</summary>
    private static async Task PollAsync(Func<bool> isDone)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(2));
        while (!isDone())
        {
            await Task.Delay(5, limit.Token);
        }
    }

    /// <summary>Whether a process has not ended. One that has ended stays in the list until its parent asks for its exit code.</summary>
    private static bool IsRunning(int id)
    {
        try
        {
            if (OperatingSystem.IsLinux())
            {
                return File.ReadAllText($"/proc/{id}/stat").Split(' ')[2] != "Z";
            }

            using var process = Process.GetProcessById(id);
            return true;
        }
        catch (Exception exception) when (exception is IOException or ArgumentException)
        {
            return false;
        }
    }
}
