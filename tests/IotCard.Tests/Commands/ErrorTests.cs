using System.Management.Automation;
using IotCard.Sandbox;
using IotCard.Tests.Hosting;
using static IotCard.Tests.Commands.Rows;

namespace IotCard.Tests.Commands;

public sealed class ErrorTests
{
    private const string Rebinding = "$input | Set-IotCardBinding";
    private const string Unbinding = "$input | Remove-IotCardBinding -Confirm:$false";

    /// <summary>This system's message for a port without a listener.</summary>
    private static readonly string Refused = new System.Net.Sockets.SocketException((int)System.Net.Sockets.SocketError.ConnectionRefused).Message;

    /// <summary>The eleven codes of the service's page, each provoked as documented in docs/sandbox.md.</summary>
    public static TheoryData<string, string, string, string, int, ErrorCategory> ServiceCodes() => new()
    {
        { "isv.RES_OWNER_ID_UNKNOWN", Rebinding, "89860318342577548286", "863588021666896", 400, ErrorCategory.InvalidData },
        { "isv.PRODUCT_UN_SUBSCRIPT", Rebinding, "89861119732145151200", "867044054386206", 400, ErrorCategory.ResourceUnavailable },
        { "isv.IOT_RES_NOT_EXIST", Rebinding, "89860000000000000001", Device1, 400, ErrorCategory.ObjectNotFound },
        { "isv.QUERY_ASSETS_ERROR", Rebinding, "89860020208669631471", "860456037105510", 400, ErrorCategory.InvalidData },
        { "isv.RAM_PERMISSION_DENY", Rebinding, "89860221570784372704", "861762049824827", 400, ErrorCategory.PermissionDenied },
        { "isv.INVALID_PARAMETERS", Rebinding, "89860422736340148840", "356893112544133", 400, ErrorCategory.InvalidArgument },
        { "isv.SYSTEM_ERROR", Rebinding, "89860723778153251200", "868019045263440", 404, ErrorCategory.ResourceUnavailable },
        { "isv.ERROR_BIND_NOT_EXIST", Rebinding, Card1, Device2, 404, ErrorCategory.ObjectNotFound },
        { "isv.ERROR_IOT_UNBINDED_ERROR", Unbinding, "89860124743393633844", "863588027982750", 404, ErrorCategory.InvalidOperation },
        { "isv.ERROR_IOT_CHGBINDED_ERROR", Rebinding, "89860625936995492312", "867044050702067", 404, ErrorCategory.InvalidOperation },
        { "isv.ERROR_IMEI_ERROR", Rebinding, Card1, Device1, 404, ErrorCategory.InvalidArgument },
    };

    [Theory]
    [MemberData(nameof(ServiceCodes))]
    public async Task Each_code_of_the_service_leads_to_a_result_and_an_error_that_says_what_to_do(
        string code, string command, string iccid, string imei, int status, ErrorCategory category)
    {
        foreach (var asOk in new[] { false, true })
        {
            await using var session = await ModuleSession.OpenAsync(new SandboxOptions { BusinessFailuresAsOk = asOk });
            var newImei = code == "isv.ERROR_IMEI_ERROR" ? "860456039737237" : NewDevice1;

            var run = session.Run(command, command == Rebinding ? Rebind(iccid, imei, newImei) : Unbind(iccid, imei));

            // A service that failed may nevertheless have executed the operation.
            Assert.Equal([code == "isv.SYSTEM_ERROR" ? "Unknown" : "Failed"], run.Each("Outcome"));
            Assert.Equal([code], run.Each("Code"));
            var error = Assert.Single(run.Errors);
            Assert.StartsWith(code + ",", error.FullyQualifiedErrorId, StringComparison.Ordinal);
            Assert.Equal(category, error.CategoryInfo.Category);
            Assert.Same(run.Output[0].BaseObject, error.TargetObject);
            Assert.Equal("IotCard.IotCardException", error.Exception.GetType().FullName);
            Assert.Equal(code, Property(error.Exception, "Code"));
            Assert.Equal(asOk ? 200 : status, Property(error.Exception, "HttpStatus"));
            Assert.Equal(run.Each("RequestId").Single(), Property(error.Exception, "RequestId"));
            Assert.Contains(iccid, error.ToString(), StringComparison.Ordinal);
            Assert.Contains(code, error.ToString(), StringComparison.Ordinal);
            Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
        }
    }

    [Theory]
    [InlineData("en-US", FaultKind.OkButNotDone, "Row 1: Rebind of ICCID 89860018521874998319 failed: The service accepted the request, but reports that the operation did not succeed. [ModificationFailed, request *]")]
    [InlineData("zh-CN", FaultKind.OkButNotDone, "第 1 行：ICCID 89860018521874998319 换绑失败：*。 [ModificationFailed*]")]
    [InlineData("en-US", FaultKind.ResetAfter, "Row 1: Rebind of ICCID 89860018521874998319: It is not known whether the operation was performed. The gateway had already received this request, and does not say what became of it. (Specified signature nonce was used already.) [OutcomeUnknown, request *]")]
    [InlineData("zh-CN", FaultKind.ResetAfter, "第 1 行：ICCID 89860018521874998319 换绑：无法确定操作是否已执行。网关此前已收到同一请求，但没有说明其结果。（服务返回：*） [OutcomeUnknown*]")]
    public async Task An_error_says_each_thing_once(string culture, FaultKind fault, string words)
    {
        await using var session = await ModuleSession.OpenAsync(new SandboxOptions { Faults = FaultPlan.Script(fault, FaultKind.None) }, culture);

        var run = session.Run(Rebinding, Rebind(Card1, Device1, NewDevice1));

        var error = Assert.Single(run.Errors).ToString();
        Assert.True(new WildcardPattern(words.Replace("[", "`[", StringComparison.Ordinal)).IsMatch(error), error);
    }

    [Theory]
    [InlineData("en-US", "", "Row 1: Rebind failed: Iccid is empty. [InvalidIccid]")]
    [InlineData("zh-CN", "", "第 1 行：换绑失败：Iccid 为空。 [InvalidIccid]")]
    [InlineData("en-US", "8", "Row 1: Rebind of ICCID 8 failed: The length of Iccid '8' is 1; an ICCID has 19 or 20 characters. [InvalidIccid]")]
    public async Task An_error_names_the_card_only_where_there_is_one(string culture, string iccid, string words)
    {
        var run = await RunAsync(culture, Rebinding, Rebind(iccid, Device1, NewDevice1));

        Assert.Equal(words, Assert.Single(run.Errors).ToString());
    }

    [Theory]
    [InlineData("89860000000000000001", "IccId 对应的卡资源不存在。")]
    [InlineData(Card2, "绑定关系不存在，无效操作：该卡未绑定此 IMEI，或已销户。")]
    [InlineData("89860723778153251200", "服务发生系统异常，出错之前可能已执行操作。")]
    public async Task What_the_service_says_in_Chinese_is_not_repeated_in_brackets(string iccid, string message)
    {
        var run = await RunAsync("zh-CN", Rebinding, Rebind(iccid, Device1, NewDevice1));

        Assert.Equal([message], run.Each("Message"));
    }

    [Fact]
    public async Task The_published_success_sample_is_a_success()
    {
        await using var session = await ModuleSession.OpenAsync(new SandboxOptions { PublishedSampleMessage = true });

        var run = session.Run(Rebinding, Rebind(Card1, Device1, NewDevice1));

        Assert.Empty(run.Errors);
        Assert.Equal(["Succeeded"], run.Each("Outcome"));
        Assert.Equal(["ServiceUnavailable"], run.Each("Message"));
    }

    [Theory]
    [InlineData("InvalidAccessKeyId.NotFound", "nobody", "secret", ErrorCategory.AuthenticationError)]
    [InlineData("SignatureDoesNotMatch", "sandbox-id", "wrong-secret", ErrorCategory.AuthenticationError)]
    public async Task A_refused_key_stops_the_run_and_every_other_row_says_that_it_was_not_sent(
        string code, string id, string secret, ErrorCategory category)
    {
        await using var session = await ModuleSession.OpenAsync(withKey: false);
        session.SetVariable("Key", ModuleSession.Credential(id, secret));

        var run = session.Run(
            Unbinding + " -ThrottleLimit 1 -Credential $Key", Unbind(Card1, Device1), Unbind(Card2, Device2), Unbind("1", Device3), Unbind(Card3, Device3));

        Assert.Equal(["Failed", "Failed", "Failed", "Failed"], run.Each("Outcome"));
        Assert.Equal([code, "NotSent", "InvalidIccid", "NotSent"], run.Each("Code"));
        Assert.Equal(category, run.Errors[0].CategoryInfo.Category);
        Assert.Equal(ErrorCategory.OperationStopped, run.Errors[1].CategoryInfo.Category);
        Assert.Equal(1, session.Sandbox.Log.Requests);
    }

    [Theory]
    [InlineData("'dyiotapi.aliyuncs.com'")]
    [InlineData("'http://dyiotapi.aliyuncs.com'")]
    [InlineData("'https://dyiotapi.aliyuncs.com/path'")]
    [InlineData("'https://user:pass@dyiotapi.aliyuncs.com'")]
    [InlineData("'user:pass@dyiotapi.aliyuncs.com'")]
    [InlineData("'ftp://dyiotapi.aliyuncs.com'")]
    public async Task An_unusable_endpoint_ends_the_command_before_anything_is_sent(string endpoint)
    {
        await using var session = await ModuleSession.OpenAsync();

        var run = session.RunCatching(Unbinding + " -Endpoint " + endpoint, Unbind(Card1, Device1));

        Assert.Equal("InvalidEndpoint", run.TerminatingError.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal(ErrorCategory.InvalidArgument, run.TerminatingError.CategoryInfo.Category);
        Assert.DoesNotContain("pass@", $"{run.TerminatingError} {run.TerminatingError.TargetObject}", StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task A_profile_that_does_not_exist_ends_the_command_and_never_falls_through_to_another_account()
    {
        await using var session = await ModuleSession.OpenAsync(withKey: false);

        var run = session.RunCatching(Unbinding + " -ProfileName no-such-profile", Unbind(Card1, Device1));

        Assert.Equal("ProfileNotFound", run.TerminatingError.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Contains("no-such-profile", run.TerminatingError.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, session.Sandbox.Log.Requests);
    }

    [Fact]
    public async Task No_connection_is_a_failure_that_says_that_nothing_was_sent()
    {
        await using var session = await ModuleSession.OpenAsync();

        await session.Sandbox.DisposeAsync();

        var run = session.Run(Unbinding + " -OutageTimeoutSec 0 -MaximumRetryCount 0", Unbind(Card1, Device1));

        Assert.Equal(["Failed"], run.Each("Outcome"));
        Assert.Equal(ErrorCategory.ConnectionError, Assert.Single(run.Errors).CategoryInfo.Category);
        Assert.Contains("nothing was sent", run.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Contains($"({session.Sandbox.Endpoint.Authority}: {Refused})", run.Each("Message").Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en-US", "127.0.0.1:1", "(iotcard.invalid:443 through the proxy 127.0.0.1:1: {0})")]
    [InlineData("en-US", "http://user:S3cret@127.0.0.1:1", "(iotcard.invalid:443 through the proxy 127.0.0.1:1: {0})")]
    [InlineData("zh-CN", "localhost:1", "（目标：iotcard.invalid:443，经由代理 localhost:1，系统返回：{0}）")]
    public async Task A_failed_connection_names_host_port_proxy_and_the_systems_message(string culture, string proxy, string words)
    {
        var run = await RunAsync(culture, $"{Unbinding} -Endpoint https://iotcard.invalid -Proxy {proxy} -MaximumRetryCount 0 -OutageTimeoutSec 0", Unbind(Card1, Device1));

        Assert.Equal(["ConnectionFailed"], run.Each("Code"));
        Assert.EndsWith(string.Format(System.Globalization.CultureInfo.InvariantCulture, words, Refused), run.Each("Message").Single(), StringComparison.Ordinal);
        Assert.Contains(run.Each("Message").Single()!, Assert.Single(run.Errors).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Unbinding, "ftp://user:S3cret@proxy.example:21")]
    [InlineData(Unbinding, "http://user:S3cret@proxy.example/path")]
    [InlineData("Get-IotCardCredential", "user:S3cret@no proxy")]
    [InlineData("Test-IotCardConnection", "' '")]
    public async Task An_invalid_proxy_ends_the_command_without_showing_its_password(string command, string proxy)
    {
        await using var session = await ModuleSession.OpenAsync();

        var run = session.RunCatching($"{command} -Proxy '{proxy.Trim('\'')}'", Unbind(Card1, Device1));

        Assert.StartsWith("InvalidProxy,", run.TerminatingError.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(ErrorCategory.InvalidArgument, run.TerminatingError.CategoryInfo.Category);
        Assert.DoesNotContain("S3cret", $"{run.TerminatingError.Exception} {run.TerminatingError.TargetObject}", StringComparison.Ordinal);
        Assert.Equal(0, session.Sandbox.Log.Requests);
    }

    [Theory]
    [InlineData("en-US", "No card has this ICCID.", "Check the ICCID")]
    [InlineData("zh-CN", "IccId 对应的卡资源不存在。", "核对 ICCID")]
    [InlineData("zh-SG", "IccId 对应的卡资源不存在。", "核对 ICCID")]
    [InlineData("de-DE", "No card has this ICCID.", "Check the ICCID")]
    public async Task An_error_speaks_the_language_of_the_session(string culture, string meaning, string action)
    {
        var run = await RunAsync(culture, Unbinding, Unbind("89860000000000000001", Device1));

        Assert.Contains(meaning, Assert.Single(run.Errors).ToString(), StringComparison.Ordinal);
        Assert.Contains(action, run.Errors[0].ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    /// <summary>Runs a script with one row in a session of its own.</summary>
    private static async Task<Streams> RunAsync(string culture, string script, PSObject row)
    {
        await using var session = await ModuleSession.OpenAsync(culture: culture);
        return session.Run(script, row);
    }

    private static object? Property(Exception exception, string name) => exception.GetType().GetProperty(name)!.GetValue(exception);
}
