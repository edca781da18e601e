using IotCard.Client.Rules;
using IotCard.Client.Signing;

namespace IotCard.Client.Tests.Sending;

/// <summary>What each of the gateway's codes means for a row, at whatever HTTP status it comes.</summary>
public sealed class GatewayCodesTests
{
    [Theory]
    [InlineData("InvalidTimeStamp.Format")]
    [InlineData("InvalidSecurityToken.Malformed")]
    [InlineData("InvalidSecurityToken.MismatchWithAccessKey")]
    [InlineData("InvalidAccessKeyId.NotFound")]
    [InlineData("InvalidAccessKeyId.Inactive")]
    [InlineData("MissingAccessKeyId")]
    [InlineData("MissingSecurityToken")]
    [InlineData("SignatureDoesNotMatch")]
    [InlineData("IncompleteSignature")]
    [InlineData("Forbidden.RAM")]
    [InlineData("NoPermission")]
    [InlineData("InvalidApi.NotFound")]
    public async Task A_code_that_applies_to_every_request_ends_the_run(string code)
    {
        foreach (var status in new[] { 200, 403, 500 })
        {
            using var service = new ScriptedService(maximumRetryCount: 0).Answers(code, status);

            var outcome = await service.SendAsync();

            Assert.Equal((OutcomeStatus.Failed, code, true), (outcome.Status, outcome.Code, service.EndsRun));
            Assert.Equal(code, service.Sender.Circuit.AbortReason);
        }
    }

    [Theory]
    [InlineData("Throttling")]
    [InlineData("Throttling.User")]
    [InlineData("Throttling.Api")]
    public async Task Throttling_is_waited_for(string code)
    {
        foreach (var status in new[] { 200, 429, 503 })
        {
            using var service = new ScriptedService(maximumRetryCount: 0).Answers(code, status).Answers("OK", 200);

            var outcome = await service.SendAsync();

            Assert.Equal((OutcomeStatus.Succeeded, 2), (outcome.Status, service.NoncesUsed));
        }
    }

    [Theory]
    [InlineData("SignatureNonceUsed", "SignatureNonceUsed")]
    [InlineData("ServiceUnavailable", "ServiceUnavailable")]
    [InlineData("InternalError", "InternalError")]
    public async Task Some_codes_say_nothing_about_the_operation(string code, string reason)
    {
        foreach (var status in new[] { 200, 400, 503 })
        {
            using var service = new ScriptedService(maximumRetryCount: 0).Answers(code, status);

            var outcome = await service.SendAsync();

            Assert.Equal((OutcomeStatus.Unknown, reason), (outcome.Status, outcome.Reason));
        }
    }

    [Fact]
    public async Task A_wrong_time_and_an_expired_token_are_mended_at_any_status()
    {
        foreach (var status in new[] { 200, 400, 500 })
        {
            using var service = new ScriptedService(
                maximumRetryCount: 0, credentials: new ScriptedCredentials(new Credential("new", "secret", "token-2")))
                .Answers("InvalidTimeStamp.Expired", status, ("Date", "Mon, 23 Nov 2026 11:00:00 GMT"))
                .Answers("InvalidSecurityToken.Expired", status)
                .Answers("OK", 200);

            Assert.Equal(OutcomeStatus.Succeeded, (await service.SendAsync()).Status);
        }
    }

    [Theory]
    [InlineData("InvalidAccessKeyId.New")]
    [InlineData("InvalidSecurityToken.New")]
    [InlineData("Forbidden.New")]
    public async Task A_new_code_of_a_known_family_is_like_the_others_if_the_status_is_a_refusal(string code)
    {
        Assert.Equal((OutcomeStatus.Failed, code, true), await SendAsync(code, 403));
        Assert.Equal((OutcomeStatus.Failed, code, true), await SendAsync(code, 429));
        Assert.Equal((OutcomeStatus.Unknown, "OutcomeUnknown", false), await SendAsync(code, 200));
        Assert.Equal((OutcomeStatus.Unknown, "OutcomeUnknown", false), await SendAsync(code, 500));
    }

    [Fact]
    public async Task A_new_kind_of_throttling_is_waited_for_if_the_status_is_a_refusal()
    {
        foreach (var (status, isWaitedFor) in new[] { (400, true), (429, true), (503, false) })
        {
            using var service = new ScriptedService(maximumRetryCount: 0).Answers("Throttling.New", status).Answers("OK", 200);

            Assert.Equal(isWaitedFor ? OutcomeStatus.Succeeded : OutcomeStatus.Unknown, (await service.SendAsync()).Status);
        }
    }

    [Theory]
    [InlineData(200, false)]
    [InlineData(399, false)]
    [InlineData(400, true)]
    [InlineData(407, true)]
    [InlineData(408, false)]
    [InlineData(425, false)]
    [InlineData(428, true)]
    [InlineData(429, false)]
    [InlineData(498, true)]
    [InlineData(499, false)]
    [InlineData(500, false)]
    public async Task A_code_nobody_knows_is_a_refusal_only_at_a_status_that_says_so(int status, bool isRefusal)
    {
        var expected = isRefusal ? (OutcomeStatus.Failed, "SomethingNew", false) : (OutcomeStatus.Unknown, "OutcomeUnknown", false);

        Assert.Equal(expected, await SendAsync("SomethingNew", status));
    }

    [Theory]
    [InlineData("Not a code")]
    [InlineData("isv.NOT A CODE")]
    [InlineData("4xx")]
    [InlineData(".New")]
    public async Task What_does_not_look_like_a_code_is_no_response_of_the_service(string code) =>
        Assert.Equal((OutcomeStatus.Unknown, "OutcomeUnknown", false), await SendAsync(code, 400));

    [Theory]
    [InlineData(128, OutcomeStatus.Failed)]
    [InlineData(129, OutcomeStatus.Unknown)]
    public async Task A_code_has_at_most_128_characters(int length, OutcomeStatus expected) =>
        Assert.Equal(expected, (await SendAsync(new string('a', length), 400)).Status);

    [Theory]
    [InlineData("""{"RequestId":"","Code":"isv.IOT_RES_NOT_EXIST"}""")]
    [InlineData("""{"RequestId":null,"Code":"SignatureDoesNotMatch"}""")]
    public async Task A_response_without_a_request_id_is_not_the_services(string body) =>
        Assert.Equal((OutcomeStatus.Unknown, "OutcomeUnknown", false), await SendAsync(body, 400));

    private static async Task<(OutcomeStatus Status, string Code, bool EndsRun)> SendAsync(string code, int status)
    {
        using var service = new ScriptedService(maximumRetryCount: 0).Answers(code, status);
        var outcome = await service.SendAsync();
        return (outcome.Status, outcome.Code, service.EndsRun);
    }
}
