using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace IotCard.Sandbox.Tests;

/// <summary>The command line: in a process of its own where signals end it, otherwise in this one.</summary>
public sealed partial class ServeCommandTests
{
    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Serve_prints_its_address_logs_and_exits_cleanly(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals to send.");
        Assert.SkipWhen(signal == "INT" && IgnoresInterrupt(), "A script's background process ignores SIGINT, and so do its children.");
        var cancellation = TestContext.Current.CancellationToken;
        var cards = Path.GetTempFileName();
        await File.WriteAllTextAsync(cards, "Iccid,Imei\n89860018521874998319,860456038157932\n", cancellation);
        using var process = Start("serve", "--port", "0", "--seed", "7", "--access-key", "a:b:c", "--access-key", "d:e", "--fleet", cards, "--latency", "1");
        try
        {
            var first = await process.StandardOutput.ReadLineAsync(cancellation);
            var endpoint = new Uri(Listening().Match(first!).Groups["endpoint"].Value);
            Assert.Equal(
                $"$env:IOTCARD_ENDPOINT = '{endpoint.GetLeftPart(UriPartial.Authority)}'; $env:ALIBABA_CLOUD_ACCESS_KEY_ID = 'a'; "
                + "$env:ALIBABA_CLOUD_ACCESS_KEY_SECRET = 'b:c'; $env:ALIBABA_CLOUD_SECURITY_TOKEN = $null",
                await process.StandardOutput.ReadLineAsync(cancellation));
            using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
            using var rebind = (TestRequest.Rebind("89860018521874998319", "860456038157932", "863588024298614") with { KeyId = "a", Secret = "b:c" }).Build(endpoint);
            using var unbind = (TestRequest.Unbind("89860219070907095849", "861762040877246") with { KeyId = "d", Secret = "e", Method = Method.HmacSha1 }).Build(endpoint);
            using var response = await http.SendAsync(rebind, cancellation);
            using var other = await http.SendAsync(unbind, cancellation);

            Assert.Matches(@"^\S+Z chgBind 89860018521874998319 OK 200 [0-9.]+ms$", await process.StandardOutput.ReadLineAsync(cancellation));
            Assert.Matches(@"^\S+Z unBind 89860219070907095849 isv\.IOT_RES_NOT_EXIST 400 [0-9.]+ms$", await process.StandardOutput.ReadLineAsync(cancellation));

            using (var kill = Process.Start("kill", ["-" + signal, process.Id.ToString(CultureInfo.InvariantCulture)]))
                await kill.WaitForExitAsync(cancellation);
            await process.WaitForExitAsync(cancellation).WaitAsync(TimeSpan.FromMinutes(1), cancellation);
            Assert.Equal((0, "", ""), (process.ExitCode, await process.StandardOutput.ReadToEndAsync(cancellation), await process.StandardError.ReadToEndAsync(cancellation)));
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
            File.Delete(cards);
        }
    }

    [Fact]
    public async Task Serve_accepts_faults_and_a_seed()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var command = await RunningCommand.ServeAsync("--fault", "all=0.25", "--fault", "throttling=0.5", "--seed", "7");
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });

        http.DefaultRequestHeaders.Add("x-sandbox-token", command.Token);
        var plan = AdminJson.ReadPlan(await http.GetByteArrayAsync(new Uri(command.Endpoint, "/sandbox/faults"), cancellation));

        Assert.Equal(7, plan.Seed);
        Assert.Equal(Enum.GetValues<FaultKind>().Length - 1, plan.Rates.Count);
        Assert.Equal((0.5, 0.25 / plan.Rates.Count), (plan.Rates[FaultKind.Throttling], plan.Rates[FaultKind.CloseAfter]));
    }

    [Fact]
    public async Task Serve_accepts_the_options_of_gateway_and_fleet()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var command = await RunningCommand.ServeAsync(
            "--sts-key", "sts-id:s:t:o:k", "--require-upload", "--require-signed-host", "--require-instance-id", "--device-imei", "lastseen", "--outage", "unavailable,after=1,attempts=1");
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var key = new TestRequest { KeyId = "sts-id", Secret = "s", Token = "t:o:k" };
        const string iccid = "89860018521874998319";
        const string imei = "860456038157932";
        var detail = key with { Action = "GetCardDetail", Version = "2021-05-20" };

        Assert.Contains("IncompleteSignature", await AskAsync(key with { Unsigned = "host" }), StringComparison.Ordinal);
        Assert.Contains("isv.ERROR_IMEI_ERROR", await AskAsync(key with { Parameters = TestRequest.Rebind(iccid, imei, "863588024298614").Parameters }), StringComparison.Ordinal);
        Assert.Contains("InstanceId cannot be empty.", await AskAsync(detail.With("Iccid", iccid).With("DestroyCard", "true")), StringComparison.Ordinal);
        Assert.Contains("\"OK\"", await AskAsync(key with { Parameters = TestRequest.Rebind(iccid, imei, "861762040877246").Parameters }), StringComparison.Ordinal);
        Assert.Contains("ServiceUnavailable", await AskAsync(detail.With("Iccid", iccid)), StringComparison.Ordinal);
        Assert.Contains($"\"DeviceImei\":\"{imei}\"", await AskAsync(detail.With("Iccid", iccid)), StringComparison.Ordinal);

        async Task<string> AskAsync(TestRequest request)
        {
            using var message = (request with { Nonce = Guid.NewGuid().ToString() }).Build(command.Endpoint);
            using var response = await http.SendAsync(message, cancellation);
            return await response.Content.ReadAsStringAsync(cancellation);
        }
    }

    [Theory]
    [InlineData("--port takes a whole number from 0 to 65535.", "--port", "65536")]
    [InlineData("--port takes a whole number from 0 to 65535.", "--port", "http")]
    [InlineData("--latency takes a whole number from 0 to 600000.", "--latency", "-5")]
    [InlineData("--access-key takes ID:SECRET, with neither part empty.", "--access-key", "only-an-id")]
    [InlineData("--access-key takes ID:SECRET, with neither part empty.", "--access-key", ":hidden")]
    [InlineData("--access-key gives the ID a twice.", "--access-key", "a:hidden", "--access-key", "a:hidden2")]
    [InlineData("--fault takes KIND=RATE, with a rate from 0 to 1; 'CloseAfter' is not that.", "--fault", "CloseAfter")]
    [InlineData("--fault takes KIND=RATE, with a rate from 0 to 1; 'CloseAfter=-1' is not that.", "--fault", "CloseAfter=-1")]
    [InlineData("--fault: The rate of CloseAfter is 1.5; a rate is a number from 0 to 1.", "--fault", "CloseAfter=1.5")]
    [InlineData("--fault: The rates add up to more than 1", "--fault", "CloseAfter=0.6", "--fault", "CloseBefore=0.6")]
    [InlineData("'Nonsense' is none of None, CloseBefore, ", "--fault", "Nonsense=0.1")]
    [InlineData("'1' is none of None, CloseBefore, ", "--fault", "1=0.1")]
    [InlineData("--sts-key takes ID:SECRET:TOKEN, with no part empty.", "--sts-key", "a:hidden")]
    [InlineData("--sts-key gives the ID a twice.", "--access-key", "a:hidden", "--sts-key", "a:hidden2:hidden3")]
    [InlineData("--outage: 'Nonsense' is none of Reset, Unavailable, Refuse.", "--outage", "Nonsense")]
    [InlineData("--outage takes KIND[,after=N][,seconds=S][,attempts=M], with whole numbers; 'after=soon' is not one of these.", "--outage", "Reset,after=soon")]
    [InlineData("--outage takes KIND[,after=N][,seconds=S][,attempts=M], with whole numbers; 'until=9' is not one of these.", "--outage", "Reset,until=9")]
    [InlineData("--outage: Refuse takes no Attempts", "--outage", "Refuse,attempts=3")]
    [InlineData("--device-imei takes Binding or LastSeen.", "--device-imei", "1")]
    [InlineData("--seed takes a whole number from 0 to 2147483647.", "--seed", "-1")]
    [InlineData("Could not find file", "--fleet", "no-such-file.csv")]
    [InlineData("Unrecognized command or argument '--nonsense'.", "--nonsense")]
    public async Task A_bad_option_is_one_line_and_exit_code_1(string message, params string[] arguments)
    {
        var line = await RefusalAsync(arguments);

        Assert.StartsWith(message, line, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fleet_that_is_no_CSV_is_one_line_with_its_path_and_the_line_number()
    {
        var page = Path.Combine(AppContext.BaseDirectory, "sandbox.md");

        Assert.Equal($"{page}: Line 1: the column Iccid is missing.", await RefusalAsync("--fleet", page));
    }

    [Fact]
    public async Task A_port_in_use_is_one_line_and_exit_code_1()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var sandbox = await Sandbox.StartAsync();
        using var process = Start("serve", "--port", sandbox.Service.Endpoint.Port.ToString(CultureInfo.InvariantCulture));

        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var error = await process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);

        Assert.Equal((1, ""), (process.ExitCode, await output));
        Assert.Contains("address already in use", error, StringComparison.OrdinalIgnoreCase);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    /// <summary>The one line that <c>serve</c> writes when it ends with exit code 1.</summary>
    private static async Task<string> RefusalAsync(params string[] arguments)
    {
        var (exitCode, output, error) = await RunningCommand.RunAsync(["serve", .. arguments]);
        Assert.Equal((1, ""), (exitCode, output));
        return Assert.Single(error.TrimEnd().Split('\n'));
    }

    private static Process Start(params string[] arguments) => Process.Start(
        new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "IotCard.Sandbox.dll"), .. arguments])
        {
            WorkingDirectory = AppContext.BaseDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;

    /// <summary>Whether this process ignores SIGINT: bit 1 of the mask.</summary>
    private static bool IgnoresInterrupt() =>
        File.Exists("/proc/self/status") && IgnoredInterrupt().IsMatch(File.ReadAllText("/proc/self/status"));

    [GeneratedRegex("^SigIgn:.*[2367abef]$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex IgnoredInterrupt();

    [GeneratedRegex("^listening on (?<endpoint>http://127\\.0\\.0\\.1:[0-9]+), token [0-9a-f]{32}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Listening();
}
