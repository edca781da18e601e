using IotCard.Client.Queries;
using IotCard.Client.Rules;
using IotCard.Client.Service;

namespace IotCard.Client.Tests.Sending;

/// <summary>A query is never in doubt: after any attempt it is sent again with a new request, or reports why not.</summary>
public sealed class QueryTests
{
    private const string Known = """{"Code":"OK","Message":"ServiceUnavailable","IotImeiExist":{"IsImeiExist":true}}""";
    private const string Card = """{"Code":"200","Success":true,"Data":{"VsimCardInfo":{"Iccid":"89860412345678901234","DeviceImei":"490154203237518","Status":"30","OsStatus":100}}}""";
    private const string Refused = """{"Code":"isv.IOT_RES_NOT_EXIST","Success":false,"ErrorMessage":"no such card"}""";
    private const string Iccid = "89860412345678901234";

    private static readonly ApiQuery<bool> Exists = new DeviceApi(BindingApi.DefaultEndpoint).Exists("490154203237518");

    [Theory]
    [InlineData(null, 0)]
    [InlineData("""{"Code":"SignatureNonceUsed"}""", 400)]
    [InlineData("""{"Code":"ServiceUnavailable"}""", 503)]
    [InlineData("""{"Code":"InternalError"}""", 500)]
    [InlineData("""{"code":504}""", 200)]
    [InlineData("""{"html":"a proxy's page"}""", 502)]
    public async Task After_a_lost_response_it_is_sent_again_signed_anew(string? body, int status)
    {
        using var service = new ScriptedService();
        _ = body is null ? service.Loses() : service.Answers(body, status);
        service.Answers(Known, 200);

        var outcome = await service.AskAsync(sender => sender.SendAsync(Exists, CancellationToken.None));

        Assert.Equal((true, "OK", 2, 2), (outcome.Value, outcome.Code, outcome.Attempts, service.NoncesUsed));
    }

    [Fact]
    public async Task It_gives_up_after_the_allowed_retries_and_says_why()
    {
        using var service = new ScriptedService(maximumRetryCount: 2).Loses().Loses().Loses();

        var outcome = await service.AskAsync(sender => sender.SendAsync(Exists, CancellationToken.None));

        Assert.Equal((false, AttemptCode.ConnectionLost, 3), (outcome.IsAnswered, outcome.Code, outcome.Attempts));
        Assert.False(outcome.Value);
    }

    [Fact]
    public async Task An_outage_is_waited_for_as_with_operations()
    {
        using var service = new ScriptedService(maximumRetryCount: 0, outageTimeoutSec: 60);
        for (var i = 0; i < 6; i++)
        {
            service.Loses();
        }

        service.Answers(Known, 200);

        var outcome = await service.AskAsync(sender => sender.SendAsync(Exists, CancellationToken.None));

        Assert.Equal(("OK", 7), (outcome.Code, outcome.Attempts));
    }

    [Fact]
    public async Task Throttling_and_a_wrong_clock_are_handled()
    {
        using var service = new ScriptedService()
            .Answers("Throttling.User", 400, ("x-acs-retry-after", "1000"))
            .Answers("InvalidTimeStamp.Expired", 400, ("Date", "Mon, 23 Nov 2026 11:00:00 GMT"))
            .Answers(Known, 200);

        var outcome = await service.AskAsync(sender => sender.SendAsync(Exists, CancellationToken.None));

        Assert.Equal(("OK", 3, TimeSpan.FromHours(3)), (outcome.Code, outcome.Attempts, new TimeSpan((long)Math.Round(service.Queries.Requests.Clock.Offset.TotalHours) * TimeSpan.TicksPerHour)));
    }

    [Theory]
    [InlineData("""{"Code":"OK"}""")]
    [InlineData("""{"Code":"OK","IotImeiExist":null}""")]
    [InlineData("""{"Code":"OK","IotImeiExist":{}}""")]
    [InlineData("""{"Code":"OK","IotImeiExist":{"IsImeiExist":"perhaps"}}""")]
    [InlineData("""{"Code":"OK","IotImeiExist":[1]}""")]
    public async Task What_the_response_does_not_say_never_counts_as_no(string body)
    {
        using var service = new ScriptedService().Answers(body, 200);

        var outcome = await service.AskAsync(sender => sender.SendAsync(Exists, CancellationToken.None));

        Assert.Equal((false, OutcomeCode.EmptyResponse), (outcome.IsAnswered, outcome.Code));
    }

    [Fact]
    public async Task A_wrong_key_ends_everything_after_one_request()
    {
        using var service = new ScriptedService().Answers("SignatureDoesNotMatch");

        var first = await service.AskAsync(sender => sender.SendAsync(Exists, CancellationToken.None));
        var second = await service.AskAsync(sender => sender.SendAsync(Exists, CancellationToken.None));

        Assert.Equal(("SignatureDoesNotMatch", OutcomeCode.NotSent, "SignatureDoesNotMatch"), (first.Code, second.Code, second.Reason));
        Assert.Single(service.Sent);
    }

    [Theory]
    [InlineData("\"200\"", "true", true)]
    [InlineData("200", "true", true)]
    [InlineData("200", "\"true\"", true)]
    [InlineData("200", "false", false)]
    [InlineData("\"OK\"", "true", false)]
    [InlineData("201", "true", false)]
    public async Task A_card_needs_the_code_200_and_success(string code, string success, bool isFound)
    {
        var body = Card.Replace("\"200\"", code, StringComparison.Ordinal).Replace("true", success, StringComparison.Ordinal);
        using var service = new ScriptedService().Answers(body, 200).Answers(body, 200);

        var outcome = await Find(service);

        Assert.Equal(isFound, outcome.Value is not null);
        Assert.Equal(isFound ? 1 : 2, service.Sent.Count);
    }

    [Fact]
    public async Task A_card_without_the_services_own_code_is_a_middleboxs_response()
    {
        using var service = new ScriptedService(maximumRetryCount: 1).Answers("""{"Code":200,"Data":{"VsimCardInfo":{"Status":"50"}}}""", 200).Answers(Card, 200);

        var outcome = await Find(service);

        Assert.Equal(("30", 2), (outcome.Value!.Status, outcome.Attempts));
    }

    [Theory]
    [InlineData("linkcard.common.CardDestroy", 400)]
    [InlineData("linkcard.common.CardNotExist", 400)]
    [InlineData("linkcard.check.IccidCanNotEmpty", 400)]
    [InlineData("CardNotExist", 400)]
    [InlineData("MissingIccid", 400)]
    [InlineData("isv.IOT_RES_NOT_EXIST", 400)]
    [InlineData("""{"Code":"500","Success":false}""", 200)]
    public async Task A_closed_card_is_asked_for_whatever_the_refusal_as_an_open_one_looks_like(string refusal, int status)
    {
        using var service = new ScriptedService().Answers(refusal, status).Answers(Card.Replace("\"30\"", "50", StringComparison.Ordinal), 200);

        var outcome = await Find(service);

        Assert.Equal(("OK", "50", 2), (outcome.Code, outcome.Value?.Status, outcome.Attempts));
    }

    [Theory]
    [InlineData("linkcard.common.RamActionPermissionDeny", 403)]
    [InlineData("SignatureDoesNotMatch", 400)]
    [InlineData("NoPermission", 403)]
    public async Task A_refusal_that_applies_to_every_card_is_no_reason_to_ask_again(string refusal, int status)
    {
        using var service = new ScriptedService().Answers(refusal, status);

        Assert.Equal((refusal, 1), ((await Find(service)).Code, service.Sent.Count));
    }

    [Fact]
    public async Task A_card_that_is_not_open_is_looked_up_among_the_closed_ones()
    {
        using var service = new ScriptedService().Answers(Refused, 200).Answers(Card.Replace("\"30\"", "50", StringComparison.Ordinal), 200);

        var outcome = await Find(service);

        Assert.Equal(("50", 2), (outcome.Value!.Status, outcome.Attempts));
        Assert.DoesNotContain("DestroyCard", service.Sent[0], StringComparison.Ordinal);
        Assert.Contains("DestroyCard=true", service.Sent[1], StringComparison.Ordinal);
        Assert.Contains("InstanceId=77", service.Sent[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task For_a_card_that_does_not_exist_the_services_first_response_counts()
    {
        using var service = new ScriptedService().Answers(Refused, 200).Answers("""{"Code":"isv.INVALID_PARAMETERS","Success":false}""", 200);

        var outcome = await Find(service);

        Assert.Equal((null, "isv.IOT_RES_NOT_EXIST", "no such card"), (outcome.Value, outcome.Code, outcome.Message));
    }

    [Fact]
    public async Task Another_cards_description_is_not_trusted()
    {
        using var service = new ScriptedService().Answers(Card.Replace(Iccid, "89860412345678901235", StringComparison.Ordinal), 200);

        var outcome = await Find(service);

        Assert.Equal((null, AttemptCode.ResponseOutOfStep), (outcome.Value, outcome.Code));
    }

    [Fact]
    public async Task No_text_of_a_card_reaches_a_terminal_raw()
    {
        using var service = new ScriptedService().Answers(Card.Replace("\"490154203237518\"", "\"\\u001b[2J\\u202e1\"", StringComparison.Ordinal), 200);

        var outcome = await Find(service);

        Assert.DoesNotContain(outcome.Value!.DeviceImei!, char.IsControl);
        Assert.DoesNotContain('\u202e', outcome.Value.DeviceImei!);
    }

    [Theory]
    [InlineData("""{"Code":"200","Success":true,"IotModBind":{"IsModSuccess":true}}""")]
    [InlineData("""{"Code":200,"Success":true,"IotModBind":{"IsModSuccess":true}}""")]
    public async Task An_operation_does_not_accept_the_success_of_another_product(string body)
    {
        using var service = new ScriptedService(maximumRetryCount: 1).Answers(body, 200).Answers(body, 200);

        var outcome = await service.SendAsync();

        Assert.Equal(OutcomeStatus.Unknown, outcome.Status);
        Assert.Equal(1, service.NoncesUsed);
    }

    private static Task<QueryOutcome<CardDetail>> Find(ScriptedService service) =>
        service.AskAsync(sender => new CardLookup(sender, new CardApi(CardApi.DefaultEndpoint)).FindAsync(Iccid, "77", CancellationToken.None));
}
