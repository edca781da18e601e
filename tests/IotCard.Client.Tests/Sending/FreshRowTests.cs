using IotCard.Client.Credentials;
using IotCard.Client.Rules;
using IotCard.Client.Sending;
using IotCard.Client.Signing;

namespace IotCard.Client.Tests.Sending;

/// <summary>Rows that cannot have been executed yet: each attempt is signed anew.</summary>
public sealed class FreshRowTests
{
    [Fact]
    public async Task A_success_is_OK_and_IsModSuccess_true()
    {
        using var service = new ScriptedService().Answers("OK", 200);

        var outcome = await service.SendAsync();

        Assert.Equal((OutcomeStatus.Succeeded, "OK", 1), (outcome.Status, outcome.Code, outcome.Attempts));
    }

    [Theory]
    [InlineData("""{"Code":"OK","Message":"ServiceUnavailable","IotModBind":{"IsModSuccess":true}}""", OutcomeStatus.Succeeded, "OK")]
    [InlineData("""{"Code":"OK","Message":"OK","IotModBind":{"IsModSuccess":false}}""", OutcomeStatus.Failed, "ModificationFailed")]
    [InlineData("""{"Code":"OK","Message":"OK"}""", OutcomeStatus.Unknown, "OutcomeUnknown")]
    [InlineData("""{"Code":"isv.IOT_RES_NOT_EXIST","IotModBind":{"IsModSuccess":true}}""", OutcomeStatus.Failed, "isv.IOT_RES_NOT_EXIST")]
    [InlineData("""{"Code":"isv.ERROR_BIND_NOT_EXIST"}""", OutcomeStatus.Failed, "isv.ERROR_BIND_NOT_EXIST")]
    [InlineData("""{"Code":"isv.SYSTEM_ERROR"}""", OutcomeStatus.Unknown, "isv.SYSTEM_ERROR")]
    public async Task The_services_response_is_final(string body, OutcomeStatus status, string code)
    {
        foreach (var httpStatus in new[] { 200, 400, 404 })
        {
            using var service = new ScriptedService().Answers(body, httpStatus);

            var outcome = await service.SendAsync();

            Assert.Equal((status, code), (outcome.Status, outcome.Code));
            Assert.Single(service.Sent);
        }
    }

    [Fact]
    public async Task A_failed_connection_is_retried_signed_anew()
    {
        using var service = new ScriptedService().DoesNotConnect().DoesNotConnect().Answers("OK", 200);

        var outcome = await service.SendAsync();

        Assert.Equal((OutcomeStatus.Succeeded, 3), (outcome.Status, outcome.Attempts));
        Assert.Equal(3, service.NoncesUsed);
        Assert.True(service.SentAt[1] - service.SentAt[0] > TimeSpan.Zero);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task A_failed_connection_fails_once_the_retries_are_used_up(int retries)
    {
        using var service = new ScriptedService(retries);
        for (var i = 0; i <= retries; i++)
        {
            service.DoesNotConnect();
        }

        var outcome = await service.SendAsync();

        Assert.Equal((OutcomeStatus.Failed, AttemptCode.ConnectionFailed, retries + 1), (outcome.Status, outcome.Code, outcome.Attempts));
    }

    [Theory]
    [InlineData("x-acs-retry-after", "2500", 2500)]
    [InlineData("x-ratelimit-user-api", "TimeLeft:1500", 1500)]
    public async Task A_throttled_row_waits_as_the_hint_says_and_is_signed_anew(string header, string value, int milliseconds)
    {
        using var service = new ScriptedService().Answers("Throttling.User", 429, (header, value)).Answers("OK", 200);

        var outcome = await service.SendAsync();

        Assert.Equal(OutcomeStatus.Succeeded, outcome.Status);
        Assert.Equal(2, service.NoncesUsed);
        Assert.InRange((service.SentAt[1] - service.SentAt[0]).TotalMilliseconds, milliseconds, milliseconds + 200);
    }

    [Fact]
    public async Task Throttling_is_not_a_failed_attempt_but_has_a_limit()
    {
        using var patient = new ScriptedService(maximumRetryCount: 1);
        using var hopeless = new ScriptedService(maximumRetryCount: 0);
        for (var i = 0; i < 50; i++)
        {
            patient.Answers("Throttling.Api", 400, ("x-acs-retry-after", "100"));
        }

        for (var i = 0; i <= RetryPolicy.ThrottleAllowance; i++)
        {
            hopeless.Answers("Throttling", 400, ("x-acs-retry-after", "100"));
        }

        var succeeded = await patient.Answers("OK", 200).SendAsync();
        var failed = await hopeless.SendAsync();

        Assert.Equal((OutcomeStatus.Succeeded, 51), (succeeded.Status, succeeded.Attempts));
        Assert.Equal((OutcomeStatus.Failed, "Throttling"), (failed.Status, failed.Code));
        Assert.True(RetryPolicy.ThrottleAllowance >= 100);
    }

    [Fact]
    public async Task A_refused_timestamp_is_corrected_by_the_gateways_clock_once_and_for_the_run()
    {
        using var service = new ScriptedService()
            .Answers("InvalidTimeStamp.Expired", 400, ("Date", "Mon, 23 Nov 2026 11:00:00 GMT"))
            .Answers("OK", 200)
            .Answers("OK", 200);

        var outcome = await service.SendAsync();
        var next = await service.SendAsync();

        Assert.Equal((OutcomeStatus.Succeeded, 2), (outcome.Status, outcome.Attempts));
        Assert.Equal((OutcomeStatus.Succeeded, 1), (next.Status, next.Attempts));
        Assert.Equal(3, service.NoncesUsed);
        Assert.Equal(TimeSpan.FromHours(3), service.Sender.Clock.Offset);
        Assert.Contains("2026-11-23T08:00:00Z", service.Sent[0], StringComparison.Ordinal);
        Assert.Contains("2026-11-23T11:00:", service.Sent[1], StringComparison.Ordinal);
        Assert.Contains("2026-11-23T11:00:", service.Sent[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_timestamp_refused_again_or_without_a_clock_fails()
    {
        using var again = new ScriptedService()
            .Answers("InvalidTimeStamp.Expired", 400, ("Date", "Mon, 23 Nov 2026 11:00:00 GMT"))
            .Answers("InvalidTimeStamp.Expired", 400, ("Date", "Mon, 23 Nov 2026 15:00:00 GMT"));
        using var without = new ScriptedService().Answers("InvalidTimeStamp.Expired");

        Assert.Equal((OutcomeStatus.Failed, 2), StatusAndAttempts(await again.SendAsync()));
        Assert.Equal((OutcomeStatus.Failed, 1), StatusAndAttempts(await without.SendAsync()));
    }

    [Fact]
    public async Task An_expired_token_is_renewed_once_and_signed_anew()
    {
        var credentials = new ScriptedCredentials(new Credential("new", "secret", "token-2"));
        using var service = new ScriptedService(credentials: credentials).Answers("InvalidSecurityToken.Expired").Answers("OK", 200);

        var outcome = await service.SendAsync();

        Assert.Equal((OutcomeStatus.Succeeded, 2), StatusAndAttempts(outcome));
        Assert.Equal(2, service.NoncesUsed);
        Assert.Equal(1, credentials.Renewals);
        Assert.Contains("token-2", service.Sent[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_expired_token_that_cannot_be_renewed_or_is_refused_again_aborts_the_run()
    {
        using var fixedOne = new ScriptedService(credentials: new ScriptedCredentials(renewed: null)).Answers("InvalidSecurityToken.Expired");
        using var again = new ScriptedService(credentials: new ScriptedCredentials(new Credential("new", "secret", "token-2")))
            .Answers("InvalidSecurityToken.Expired")
            .Answers("InvalidSecurityToken.Expired");

        var cannot = await fixedOne.SendAsync();
        var refused = await again.SendAsync();

        Assert.Equal((OutcomeStatus.Failed, 1, true), (cannot.Status, cannot.Attempts, fixedOne.EndsRun));
        Assert.Equal((OutcomeStatus.Failed, 2, true), (refused.Status, refused.Attempts, again.EndsRun));
    }

    [Theory]
    [InlineData("InvalidAccessKeyId.NotFound")]
    [InlineData("SignatureDoesNotMatch")]
    [InlineData("Forbidden.RAM")]
    [InlineData("NoPermission")]
    public async Task A_refusal_that_applies_to_every_request_fails_at_once_and_aborts_the_run(string code)
    {
        using var service = new ScriptedService().Answers(code);

        var outcome = await service.SendAsync();

        Assert.Equal((OutcomeStatus.Failed, code, 1, true), (outcome.Status, outcome.Code, outcome.Attempts, service.EndsRun));
    }

    [Fact]
    public async Task Without_a_credential_nothing_is_sent_and_the_run_aborts()
    {
        using var service = new ScriptedService(credentials: new ScriptedCredentials(renewed: null) { Failure = new CredentialException("SignInRequired", "sign in again") });

        var outcome = await service.SendAsync();

        Assert.Equal((OutcomeStatus.Failed, "SignInRequired", 0, true), (outcome.Status, outcome.Code, outcome.Attempts, service.EndsRun));
        Assert.Empty(service.Sent);
    }

    [Fact]
    public async Task Nothing_is_sent_after_a_stop_but_a_response_in_flight_counts()
    {
        using var before = new CancellationTokenSource();
        using var during = new CancellationTokenSource();
        using var unsent = new ScriptedService();
        using var sent = new ScriptedService().Does(during.Cancel);
        await before.CancelAsync();

        var unsentOutcome = await unsent.SendUntilAsync(before.Token);
        var outcome = await sent.SendUntilAsync(during.Token);

        Assert.Empty(unsent.Sent);
        Assert.Equal((OutcomeStatus.Failed, "NotSent", "Stopped", 0), (unsentOutcome.Status, unsentOutcome.Code, unsentOutcome.Reason, unsentOutcome.Attempts));
        Assert.Equal(OutcomeStatus.Succeeded, outcome.Status);
    }

    [Theory]
    [InlineData(SignatureMethod.Acs3HmacSha256)]
    [InlineData(SignatureMethod.HmacSha1)]
    public async Task Each_request_is_recorded_before_it_is_sent(SignatureMethod method)
    {
        using var service = new ScriptedService(method: method).DoesNotConnect().Answers("OK", 200);
        var intents = new IntentsBeforeSending(service);

        await service.SendAsync(record: intents);

        Assert.Equal([("n1", 0), ("n2", 1)], intents.Seen);
    }

    private static (OutcomeStatus Status, int Attempts) StatusAndAttempts(RowOutcome outcome) => (outcome.Status, outcome.Attempts);

    private sealed class IntentsBeforeSending(ScriptedService service) : IntentObserver
    {
        internal List<(string Nonce, int SentBefore)> Seen { get; } = [];

        private protected override void Observe(RecordedIntent intent)
        {
            Seen.Add((intent.Nonce, service.Sent.Count));
        }
    }
}
