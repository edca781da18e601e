using IotCard.Client.Cards;
using IotCard.Client.Credentials;
using IotCard.Client.Queries;
using IotCard.Client.Rules;
using IotCard.Client.Sending;
using IotCard.Client.Service;
using IotCard.Client.Settling;
using IotCard.Client.Signing;
using IotCard.Client.Tests.Sending;
using IotCard.Sandbox;

namespace IotCard.Client.Tests.Settling;

/// <summary>Looking events up: against the sandbox, and with responses that it does not give.</summary>
public sealed class AuditTrailTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly AuditApi Api = new(new Uri("https://actiontrail.cn-hangzhou.aliyuncs.com"));

    [Theory]
    [InlineData(SignatureMethod.Acs3HmacSha256, false)]
    [InlineData(SignatureMethod.HmacSha1, false)]
    [InlineData(SignatureMethod.Acs3HmacSha256, true)]
    public async Task An_operation_of_this_module_is_found_by_its_nonce(SignatureMethod method, bool otherForms)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var sandbox = await SandboxService.StartAsync(
            new SandboxOptions
            {
                Fleet = Fleet.Generate(1),
                AuditTrail = new AuditTrailOptions
                {
                    Delay = TimeSpan.Zero,
                    PascalCaseNames = otherForms,
                    NumericVersion = otherForms,
                    Parameters = otherForms ? RecordedParameters.Numbers : RecordedParameters.Plain,
                },
            },
            cancellation);
        using var transport = new ServiceTransport(static () => ServiceHandler.Create(), TimeProvider.System, TimeSpan.FromSeconds(30));
        var credentials = new StaticCredentialProvider(new Credential(SandboxOptions.DefaultAccessKey.Id, SandboxOptions.DefaultAccessKey.Secret));
        var options = new SenderOptions { Endpoint = sandbox.Endpoint, SignatureMethod = method, Nonces = new CountedNonces() };
        using var operations = new OperationSender(options, credentials, transport);
        using var queries = new QuerySender(options, credentials, transport);
        var row = BindingRow.Rebind(SyntheticNumbers.Iccid(0), SyntheticNumbers.Imei(0), SyntheticNumbers.Imei(1));
        await operations.SendAsync(row, record: null, cancellation);

        var now = DateTimeOffset.UtcNow;
        var found = await new AuditTrail(queries, new AuditApi(sandbox.Endpoint)).ReadAsync(now.AddMinutes(-1), now.AddSeconds(1), progress: null, cancellation);

        var only = Assert.Single(found.Value!);
        Assert.Equal((row.Iccid, row.Imei, row.NewImei, "chgBind", "n1"), (only.Iccid, only.Imei, only.NewImei, only.OpionType, only.Nonce));
        Assert.Equal((null, "OK", true, "sandbox-id"), (only.ErrorCode, only.AnswerCode, only.IsModSuccess, only.AccessKeyId));
        Assert.NotNull(only.RequestId);
        Assert.InRange(only.Time!.Value, now.AddMinutes(-1), now.AddSeconds(1));
    }

    [Fact]
    public async Task Pages_are_read_to_the_end()
    {
        using var service = new ScriptedService()
            .Answers("""{"RequestId":"R1","NextToken":"a+b==","Events":[{"eventId":"E1"},{"eventId":"E2"}]}""", 200)
            .Answers("""{"RequestId":"R2","Events":[{"eventId":"E3"}]}""", 200);
        List<int> progress = [];

        var found = await service.AskAsync(sender => new AuditTrail(sender, Api).ReadAsync(Start, Start.AddDays(1).AddMilliseconds(-1), progress.Add, CancellationToken.None));

        Assert.Equal(["E1", "E2", "E3"], found.Value!.Select(static e => e.EventId));
        Assert.Equal([2, 3], progress);
        Assert.Contains("Direction=FORWARD&EndTime=2026-11-02T00%3A00%3A00Z&LookupAttribute.1.Key=EventName&LookupAttribute.1.Value=DoIotChgBindOrUnBind&MaxResults=50&StartTime=2026-11-01T00%3A00%3A00Z", service.Sent[0], StringComparison.Ordinal);
        Assert.Contains("NextToken=a%2Bb%3D%3D", service.Sent[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_leads_to_itself_ends_the_reading()
    {
        const string Page = """{"RequestId":"R","NextToken":"again","Events":[]}""";
        using var service = new ScriptedService().Answers(Page.Replace("R", "R1", StringComparison.Ordinal), 200).Answers(Page, 200);

        var found = await service.AskAsync(sender => new AuditTrail(sender, Api).ReadAsync(Start, Start.AddDays(1), progress: null, CancellationToken.None));

        Assert.Null(found.Value);
    }

    [Fact]
    public async Task A_long_time_is_looked_up_in_parts()
    {
        using var service = new ScriptedService()
            .Answers("""{"RequestId":"R1","Events":[]}""", 200)
            .Answers("""{"RequestId":"R2"}""", 200)
            .Answers("""{"RequestId":"R3","Events":[{"eventId":"E"}]}""", 200);

        var found = await service.AskAsync(sender => new AuditTrail(sender, Api).ReadAsync(Start, Start.AddDays(60), progress: null, CancellationToken.None));

        Assert.Single(found.Value!);
        Assert.Contains("EndTime=2026-11-30T00%3A00%3A00Z", service.Sent[0], StringComparison.Ordinal);
        Assert.Contains("StartTime=2026-11-30T00%3A00%3A00Z", service.Sent[1], StringComparison.Ordinal);
        Assert.Contains("EndTime=2026-12-31T00%3A00%3A00Z", service.Sent[2], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("NoPermission", 403, 1)]
    [InlineData("InvalidLookupAttributesException", 400, 1)]
    [InlineData("InvalidParameterStartTimeOutOfDate", 400, 1)]
    public async Task A_refusal_keeps_its_code_and_is_not_an_empty_answer(string code, int status, int sent)
    {
        using var service = new ScriptedService().Answers(code, status);

        var found = await service.AskAsync(sender => new AuditTrail(sender, Api).ReadAsync(Start, Start.AddDays(1), progress: null, CancellationToken.None));

        Assert.Equal((code, null, sent), (found.Code, found.Value, service.Sent.Count));
    }

    [Fact]
    public async Task Throttling_and_a_lost_response_are_waited_out()
    {
        using var service = new ScriptedService()
            .Answers("Throttling.User", 429).Loses().Answers("ServiceUnavailable", 503).Answers("""{"RequestId":"R1","Events":[{"eventId":"E"}]}""", 200);

        var found = await service.AskAsync(sender => new AuditTrail(sender, Api).ReadAsync(Start, Start.AddDays(1), progress: null, CancellationToken.None));

        Assert.Single(found.Value!);
    }

    [Theory]
    [InlineData("""{"RequestId":"R1","Events":["text"]}""", true)]
    [InlineData("""{"RequestId":"R1","Events":"text"}""", false)]
    [InlineData("""{"Events":[]}""", false)]
    [InlineData("""[]""", false)]
    public async Task What_is_no_page_is_no_answer(string body, bool isRead)
    {
        using var service = new ScriptedService(maximumRetryCount: 0).Answers(body, 200);

        var found = await service.AskAsync(sender => new AuditTrail(sender, Api).ReadAsync(Start, Start.AddDays(1), progress: null, CancellationToken.None));

        Assert.Equal(isRead, found.IsAnswered);
    }

    [Fact]
    public void An_event_is_read_in_every_form_that_samples_have()
    {
        var page = Read("""
            {"RequestId":"R1","Events":[{
              "EventId":"E1","EventVersion":1,"EventTime":"2016-01-04T09:20:36.000+0000","RequestId":"r-1",
              "requestParameterJson":"{\"Iccid\":89860412345678901234,\"Imei\":490154203237518,\"OpionType\":\"unBind\"}",
              "responseElements":"{\"Code\":\"OK\",\"IotModBind\":{\"IsModSuccess\":\"true\"}}",
              "UserIdentity":{"AccessKeyId":"TMP.x"},"UserAgent":"IotCard/0.1.0 (nonce abc)","ErrorCode":""}]}
            """);

        var only = Assert.Single(page.Events);
        Assert.Equal(("89860412345678901234", "490154203237518", "unBind"), (only.Iccid, only.Imei, only.OpionType));
        Assert.Equal((new DateTimeOffset(2016, 1, 4, 9, 20, 36, TimeSpan.Zero), "OK", true, "TMP.x", "abc"), (only.Time, only.AnswerCode, only.IsModSuccess, only.AccessKeyId, only.Nonce));
        Assert.Equal(AuditVerdict.Executed, AuditRules.VerdictOf(only));
    }

    [Fact]
    public void No_text_of_an_event_reaches_a_terminal_raw()
    {
        var only = Assert.Single(Read("""{"RequestId":"R1","Events":[{"eventId":"a\u001b[2Jb","userAgent":"\u202ex","errorMessage":"\u0007"}]}""").Events);

        Assert.DoesNotContain(only.EventId + only.UserAgent + only.ErrorMessage, static c => char.IsControl(c) || c == '\u202e');
    }

    [Theory]
    [InlineData("cn-hangzhou", "https://actiontrail.cn-hangzhou.aliyuncs.com/")]
    [InlineData("cn-shanghai-finance-1", "https://actiontrail.cn-shanghai-finance-1.aliyuncs.com/")]
    [InlineData("cn-hangzhou.example.com#", null)]
    [InlineData("CN", null)]
    [InlineData("", null)]
    public void A_region_has_its_endpoint(string region, string? endpoint) => Assert.Equal(endpoint, AuditApi.EndpointOf(region)?.AbsoluteUri);

    private static AuditPage Read(string body) =>
        Assert.IsType<AuditPage>(new AuditPageFormat().Read(200, System.Text.Encoding.UTF8.GetBytes(body.Trim()))!.Payload);
}
