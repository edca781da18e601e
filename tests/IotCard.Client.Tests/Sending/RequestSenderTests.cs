using System.Net;
using IotCard.Client.Credentials;
using IotCard.Client.Rules;
using IotCard.Client.Sending;
using IotCard.Client.Service;
using IotCard.Client.Signing;
using IotCard.Client.Tests.Service;

namespace IotCard.Client.Tests.Sending;

/// <summary>The limits of waiting and retrying, and what a row says when the run ends meanwhile.</summary>
public sealed class RequestSenderTests
{
    private static readonly CancellationToken Never = CancellationToken.None;

    [Fact]
    public async Task A_hint_of_exactly_five_minutes_is_waited_for()
    {
        using var service = new ScriptedService().Answers("Throttling.User", 429, ("x-acs-retry-after", "300000")).Answers("OK", 200);

        var outcome = await service.SendAsync();

        Assert.Equal((OutcomeStatus.Succeeded, 2), (outcome.Status, outcome.Attempts));
        Assert.InRange(service.SentAt[1] - service.SentAt[0], TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(5.1));
    }

    [Fact]
    public async Task A_row_throttled_too_often_says_so_and_does_not_speak_of_a_long_wait()
    {
        using var service = new ScriptedService();
        for (var i = 0; i < RetryPolicy.ThrottleAllowance; i++)
        {
            service.Answers("Throttling", 400, ("x-acs-retry-after", "100"));
        }

        var outcome = await service.Answers("Throttling", 400, ("x-acs-retry-after", "300000")).SendAsync();

        Assert.Equal((OutcomeStatus.Failed, "Throttling", "Throttling"), (outcome.Status, outcome.Code, outcome.Reason));
    }

    [Fact]
    public async Task An_in_doubt_row_throttled_too_often_or_too_long_stays_unknown()
    {
        using var often = new ScriptedService().Loses();
        for (var i = 0; i <= RetryPolicy.ThrottleAllowance; i++)
        {
            often.Answers("Throttling", 400, ("x-acs-retry-after", "100"));
        }

        using var tooLong = new ScriptedService().Loses().Answers("Throttling", 400, ("x-acs-retry-after", "300001"));

        var outcomes = (await often.SendAsync(), await tooLong.SendAsync());

        Assert.Equal((OutcomeStatus.Unknown, RetryPolicy.ThrottleAllowance + 2), (outcomes.Item1.Status, outcomes.Item1.Attempts));
        Assert.Equal((OutcomeStatus.Unknown, "ConnectionLost", 2), (outcomes.Item2.Status, outcomes.Item2.Reason, outcomes.Item2.Attempts));
    }

    [Fact]
    public async Task A_row_that_waits_for_a_retry_when_the_run_ends_says_what_it_met()
    {
        using var service = new ScriptedService().DoesNotConnect();
        var sending = service.Sender.SendAsync(ScriptedService.Row, record: null, Never);
        service.Sender.Circuit.Abort("NoPermission");

        var (waited, later) = (await service.PumpAsync(sending), await service.SendAsync());

        Assert.Equal(("ConnectionFailed", 1), (waited.Code, waited.Attempts));
        Assert.Equal(("NotSent", "NoPermission", 0), (later.Code, later.Reason, later.Attempts));
    }

    [Fact]
    public async Task Retries_wait_longer_each_time()
    {
        using var service = new ScriptedService().DoesNotConnect().DoesNotConnect().DoesNotConnect().Answers("OK", 200);

        await service.SendAsync();

        Assert.Equal([400.0, 750.0, 1500.0], PausesOf(service));
    }

    [Fact]
    public async Task Resends_wait_longer_each_time()
    {
        using var service = new ScriptedService().Loses().Loses().Loses().Answers("OK", 200);

        await service.SendAsync();

        Assert.Equal([400.0, 750.0, 1500.0], PausesOf(service));
    }

    [Fact]
    public async Task A_row_gives_its_place_away_before_each_pause_and_only_then()
    {
        using var service = new ScriptedService().DoesNotConnect().DoesNotConnect().Loses().Loses().Answers("OK", 200).Answers("OK", 200);
        var yielded = new List<int>();
        Task<RowOutcome> SendAsync() =>
            service.PumpAsync(service.Sender.SendAsync(ScriptedService.Row, record: null, Never, () => yielded.Add(service.Sent.Count)));

        await SendAsync();
        await SendAsync();

        Assert.Equal([1, 2, 3, 4], yielded);
    }

    [Fact]
    public async Task Without_a_credential_and_after_a_token_refused_twice_other_rows_are_not_sent()
    {
        using var without = new ScriptedService(credentials: new ScriptedCredentials(renewed: null) { Failure = new CredentialException("SignInRequired", "sign in again") });
        using var refused = new ScriptedService(credentials: new ScriptedCredentials(renewed: null)).Answers("InvalidSecurityToken.Expired");

        await without.SendAsync();
        await refused.SendAsync();
        var reasons = ((await without.SendAsync()).Reason, (await refused.SendAsync()).Reason);

        Assert.Equal(("SignInRequired", "InvalidSecurityToken.Expired"), reasons);
        Assert.Equal("SignInRequired", without.Sender.Circuit.AbortReason);
    }

    [Fact]
    public async Task An_outage_does_not_use_up_the_retries()
    {
        using var service = new ScriptedService(maximumRetryCount: 1, outageTimeoutSec: 120);
        for (var i = 0; i < 8; i++)
        {
            service.DoesNotConnect();
        }

        var outcome = await service.Answers("OK", 200).SendAsync();

        Assert.Equal((OutcomeStatus.Succeeded, 9), (outcome.Status, outcome.Attempts));
    }

    [Fact]
    public async Task While_the_service_responds_to_others_a_row_has_only_its_retries()
    {
        using var service = new ScriptedService(maximumRetryCount: 1, outageTimeoutSec: 120).Answers("OK", 200).DoesNotConnect().DoesNotConnect();
        await service.SendAsync();

        var outcome = await service.SendAsync();

        Assert.Equal((OutcomeStatus.Failed, "ConnectionFailed", 2), (outcome.Status, outcome.Code, outcome.Attempts));
        Assert.Null(service.Sender.Circuit.AbortReason);
    }

    [Fact]
    public async Task A_handshake_that_fails_once_the_service_has_responded_fails_its_row_only()
    {
        Assert.SkipUnless(ClientBuild.IsForNet, ".NET Framework tells of a failed handshake in other exceptions.");
        using var service = new ScriptedService(maximumRetryCount: 0, outageTimeoutSec: 120)
            .Answers("OK", 200).DoesNotConnect(kind: HttpRequestError.SecureConnectionError).Answers("OK", 200);
        await service.SendAsync();

        var (failed, next) = (await service.SendAsync(), await service.SendAsync());

        Assert.Equal((OutcomeStatus.Failed, "TlsFailed", OutcomeStatus.Succeeded), (failed.Status, failed.Code, next.Status));
    }

    /// <summary>A network that delivers twice, or a connection out of step: it concerns the connection on which it shows.</summary>
    [Fact]
    public async Task A_used_nonce_gives_up_its_connection_and_leaves_the_others_their_word()
    {
        var held = new TaskCompletionSource<string>();
        var bodies = new Queue<Func<Task<string>>>([() => held.Task, static () => Task.FromResult("""{"Code":"SignatureNonceUsed"}"""), static () => Task.FromResult(ScriptedService.Ok)]);
        using var handler = new StubHandler(async (request, cancellationToken) =>
        {
            await request.Content!.ReadAsByteArrayAsync(cancellationToken);
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(Responses.WithRequestId(await bodies.Dequeue()())) };
        });
        var opened = 0;
        using var transport = new ServiceTransport(
            () =>
            {
                opened++;
                return new SharedHandler(handler);
            },
            TimeProvider.System,
            TimeSpan.FromMinutes(5));
        using var sender = new OperationSender(
            new SenderOptions { Jitter = static () => 0, OutageTimeout = TimeSpan.Zero },
            new StaticCredentialProvider(new Credential("id", "secret")),
            transport);
        sender.Circuit.Close();

        var inFlight = sender.SendAsync(ScriptedService.Row, record: null, Never);
        var used = await sender.SendAsync(ScriptedService.Row, record: null, Never);
        var next = await sender.SendAsync(ScriptedService.Row, record: null, Never);
        held.SetResult(ScriptedService.Ok);

        Assert.Equal((OutcomeStatus.Unknown, OutcomeStatus.Succeeded), (used.Status, next.Status));
        Assert.Equal((OutcomeStatus.Succeeded, 1), ((await inFlight).Status, (await inFlight).Attempts));
        Assert.Equal(3, opened);
    }

    [Theory]
    [InlineData("Tue, 24 Nov 2026 08:00:00 GMT", OutcomeStatus.Succeeded)]
    [InlineData("Sun, 22 Nov 2026 08:00:00 GMT", OutcomeStatus.Succeeded)]
    [InlineData("Tue, 24 Nov 2026 08:00:01 GMT", OutcomeStatus.Failed)]
    [InlineData("Sun, 22 Nov 2026 07:59:59 GMT", OutcomeStatus.Failed)]
    public async Task A_gateways_clock_is_trusted_up_to_a_whole_day(string date, OutcomeStatus status)
    {
        using var service = new ScriptedService().Answers("InvalidTimeStamp.Expired", 400, ("Date", date)).Answers("OK", 200);

        Assert.Equal(status, (await service.SendAsync()).Status);
    }

    [Fact]
    public async Task A_row_that_was_never_sent_took_no_time()
    {
        using var service = new ScriptedService();
        service.Sender.RateLimiter.Throttle(TimeSpan.FromMinutes(1));
        using var stop = new CancellationTokenSource();
        var sending = service.Sender.SendAsync(ScriptedService.Row, record: null, stop.Token);
        service.Clock.Advance(TimeSpan.FromSeconds(30));
        await stop.CancelAsync();

        var outcome = await sending;

        Assert.Equal((0, TimeSpan.Zero, service.Clock.GetUtcNow()), (outcome.Attempts, outcome.Elapsed, outcome.CompletedAt));
    }

    [Fact]
    public async Task An_outcome_keeps_what_the_service_said()
    {
        using var service = new ScriptedService()
            .Answers("""{"Code":"isv.IOT_RES_NOT_EXIST","Message":"no such card","RequestId":"R-own"}""", 404);

        var outcome = await service.SendAsync();

        Assert.Equal(
            ("isv.IOT_RES_NOT_EXIST", "no such card", "R-own", 404),
            (outcome.Reason, outcome.Message, outcome.RequestId, outcome.HttpStatus));
    }

    private static IEnumerable<double> PausesOf(ScriptedService service) =>
        service.SentAt.Zip(service.SentAt.Skip(1), static (a, b) => (b - a).TotalMilliseconds);
}
