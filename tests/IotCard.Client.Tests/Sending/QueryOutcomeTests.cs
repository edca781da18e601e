using IotCard.Client.Credentials;
using IotCard.Client.Queries;
using IotCard.Client.Rules;
using IotCard.Client.Service;
using IotCard.Client.Signing;

namespace IotCard.Client.Tests.Sending;

/// <summary>What a query reports besides its value.</summary>
public sealed class QueryOutcomeTests
{
    private static readonly ApiQuery<bool> Exists = new DeviceApi(BindingApi.DefaultEndpoint).Exists("490154203237518");

    [Fact]
    public async Task What_the_service_said()
    {
        using var service = new ScriptedService().Answers("""{"Code":"isv.IOT_RES_NOT_EXIST","Message":"no such device","RequestId":"R-own"}""", 404);

        var outcome = await Ask(service);

        Assert.Equal(
            ("isv.IOT_RES_NOT_EXIST", "no such device", "R-own", 404, true, false),
            (outcome.Code, outcome.Message, outcome.RequestId, outcome.HttpStatus, outcome.IsRefusedByService, outcome.IsAnswered));
    }

    [Fact]
    public async Task Why_the_transport_failed()
    {
        using var service = new ScriptedService(maximumRetryCount: 0).DoesNotConnect();

        var outcome = await Ask(service);

        Assert.Equal(("ConnectionFailed", false), (outcome.Code, outcome.IsRefusedByService));
        Assert.IsType<HttpRequestException>(outcome.Cause);
        Assert.NotNull(outcome.Route);
    }

    [Fact]
    public async Task A_refusal_by_the_gateway_is_not_one_by_the_service()
    {
        using var service = new ScriptedService().Answers("SomethingNew");

        var outcome = await Ask(service);

        Assert.Equal(("SomethingNew", false), (outcome.Code, outcome.IsRefusedByService));
    }

    [Fact]
    public async Task A_success_is_not_refused_and_says_how_long_it_took()
    {
        using var service = new ScriptedService();
        service.Does(() => service.Clock.Advance(TimeSpan.FromSeconds(2)), """{"Code":"OK","IotImeiExist":{"IsImeiExist":false}}""");

        var outcome = await Ask(service);

        Assert.Equal(("OK", false, true, false), (outcome.Code, outcome.Value, outcome.IsAnswered, outcome.IsRefusedByService));
        Assert.Equal((1, TimeSpan.FromSeconds(2)), (outcome.Attempts, outcome.Elapsed));
    }

    [Fact]
    public async Task Looking_a_card_up_twice_takes_the_time_and_attempts_of_both()
    {
        const string Refused = """{"Code":"isv.IOT_RES_NOT_EXIST","Success":false}""";
        using var service = new ScriptedService();
        service.Does(() => service.Clock.Advance(TimeSpan.FromSeconds(2)), Refused);
        service.Does(() => service.Clock.Advance(TimeSpan.FromSeconds(3)), Refused);

        var outcome = await service.AskAsync(static sender =>
            new CardLookup(sender, new CardApi(CardApi.DefaultEndpoint)).FindAsync("89860412345678901234", instanceId: null, CancellationToken.None));

        Assert.Equal((2, TimeSpan.FromSeconds(5)), (outcome.Attempts, outcome.Elapsed));
    }

    [Fact]
    public async Task An_unexpected_failure_is_reported_and_does_not_escape()
    {
        using var service = new ScriptedService(credentials: new BrokenCredentials());

        var outcome = await Ask(service);

        Assert.Equal((OutcomeCode.Unexpected, 0), (outcome.Code, outcome.Attempts));
        Assert.IsType<NotSupportedException>(outcome.Cause);
    }

    [Theory]
    [InlineData("OK", true)]
    [InlineData("ModificationFailed", true)]
    [InlineData("isv.SYSTEM_ERROR", true)]
    [InlineData("Throttling.User", false)]
    [InlineData("OutcomeUnknown", false)]
    [InlineData("New.isv.", false)]
    public void The_services_own_results_are_distinguished_from_the_gateways(string code, bool isFromService) =>
        Assert.Equal(isFromService, RowOutcome.NotSent(ScriptedService.Row, code, DateTimeOffset.UnixEpoch).IsFromService);

    private static Task<QueryOutcome<bool>> Ask(ScriptedService service) =>
        service.AskAsync(static sender => sender.SendAsync(Exists, CancellationToken.None));

    private sealed class BrokenCredentials : ICredentialProvider
    {
        public string Source => "broken";

        public ValueTask<Credential> GetCredentialAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<Credential?> RenewAsync(Credential expired, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
