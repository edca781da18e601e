using IotCard.Client.Credentials;
using IotCard.Client.Rules;
using IotCard.Client.Sending;
using IotCard.Client.Service;
using IotCard.Client.Signing;
using IotCard.Client.Tests.Service;

namespace IotCard.Client.Tests.Sending;

/// <summary>A request that an earlier run recorded: it is sent again as the same request, or not at all.</summary>
public sealed class RecordedRequestTests
{
    /// <summary>Computed apart from this program. Journals contain them, so that they must stay what they are.</summary>
    private const string Fingerprint = "87b4aee63d95b0e7";

    private static readonly DateTimeOffset Recorded = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("n9", 0, Fingerprint, true)]
    [InlineData("n8", 0, Fingerprint, false)]
    [InlineData("n9", 1, Fingerprint, false)]
    [InlineData("n9", 0, "de4e99da8eda1ed5", false)]
    public async Task Is_sent_if_it_has_the_fingerprint(string nonce, int seconds, string fingerprint, bool isSent)
    {
        using var service = new ScriptedService().Answers("OK", 200);

        var outcome = await service.ResumeAsync(new RecordedIntent(nonce, Recorded.AddSeconds(seconds), fingerprint));

        Assert.Equal(isSent ? OutcomeStatus.Succeeded : OutcomeStatus.Unknown, outcome.Status);
        Assert.Equal(isSent ? 1 : 0, service.Sent.Count);
    }

    [Theory]
    [InlineData(600, 1, true)]
    [InlineData(-600, 1, true)]
    [InlineData(601, 0, false)]
    [InlineData(-601, 0, false)]
    public async Task Is_sent_up_to_an_age_of_ten_minutes(int seconds, int attempts, bool mayBeResent)
    {
        using var service = new ScriptedService().Answers("OK", 200);
        using var elsewhere = new ScriptedService();
        var timestamp = service.Clock.GetUtcNow().AddSeconds(-seconds);

        var outcome = await service.ResumeAsync(Record(timestamp));
        var anothers = await elsewhere.ResumeAsync(Record(timestamp, "another-id"));

        Assert.Equal(attempts, outcome.Attempts);
        Assert.Equal(mayBeResent, anothers.MayBeResent);
    }

    [Fact]
    public void Its_age_is_measured_by_the_gateways_clock()
    {
        var intent = new RecordedIntent("n9", Recorded.AddHours(3), Fingerprint) { ClockOffset = TimeSpan.FromHours(3) };

        Assert.True(DoubtRules.MayResend(intent, Recorded.AddMinutes(10)));
        Assert.True(DoubtRules.MayResend(intent, Recorded.AddMinutes(-10)));
        Assert.False(DoubtRules.MayResend(intent, Recorded.AddMinutes(10.1)));
        Assert.False(DoubtRules.MayResend(intent, Recorded.AddMinutes(-10.1)));
    }

    /// <summary>Its nonce may be older than it seems by the corrected clock, and forgotten.</summary>
    [Fact]
    public async Task Is_not_sent_once_this_machines_clock_was_corrected()
    {
        using var service = new ScriptedService().Answers("OK", 200);
        var intent = Record(service.Clock.GetUtcNow()) with { ClockOffset = TimeSpan.FromMinutes(20) };

        var outcome = await service.ResumeAsync(intent);

        Assert.Equal((OutcomeStatus.Unknown, "Interrupted", 0), (outcome.Status, outcome.Reason, outcome.Attempts));
        Assert.Empty(service.Sent);
    }

    [Fact]
    public async Task A_clock_offset_learned_since_is_kept()
    {
        using var service = new ScriptedService()
            .Answers("InvalidTimeStamp.Expired", 400, ("Date", "Mon, 23 Nov 2026 11:00:00 GMT")).Answers("OK", 200).Answers("OK", 200);
        await service.SendAsync();
        var intent = Record(service.Clock.GetUtcNow().AddHours(3)) with { ClockOffset = TimeSpan.FromHours(2) };

        var outcome = await service.ResumeAsync(intent);

        Assert.Equal((OutcomeStatus.Succeeded, TimeSpan.FromHours(3)), (outcome.Status, service.Sender.Clock.Offset));
    }

    [Fact]
    public async Task Its_first_sending_takes_no_retry_and_no_pause()
    {
        using var service = new ScriptedService(maximumRetryCount: 2).Loses().Loses().Loses();
        var yielded = new List<int>();

        var outcome = await service.PumpAsync(
            service.Sender.ResumeAsync(ScriptedService.Row, Record(Recorded), CancellationToken.None, () => yielded.Add(service.Sent.Count)));

        Assert.Equal((OutcomeStatus.Unknown, "Interrupted", 3, true), (outcome.Status, outcome.Reason, outcome.Attempts, outcome.MayBeResent));
        Assert.Equal(Recorded, service.SentAt[0]);
        Assert.Equal([1, 2], yielded);
        Assert.Equal([400.0, 750.0], service.SentAt.Zip(service.SentAt.Skip(1), static (a, b) => (b - a).TotalMilliseconds));
    }

    [Fact]
    public async Task Without_a_credential_it_stays_in_doubt()
    {
        using var service = new ScriptedService(credentials: new ScriptedCredentials(renewed: null) { Failure = new CredentialException("SignInRequired", "sign in again") });

        var outcome = await service.ResumeAsync(Record(Recorded));

        Assert.Equal((OutcomeStatus.Unknown, "Interrupted", 0, true), (outcome.Status, outcome.Reason, outcome.Attempts, outcome.MayBeResent));
    }

    [Fact]
    public async Task Stopped_before_anything_is_sent_it_stays_in_doubt()
    {
        using var stop = new CancellationTokenSource();
        using var service = new ScriptedService();
        await stop.CancelAsync();

        var outcome = await service.Sender.ResumeAsync(ScriptedService.Row, Record(Recorded), stop.Token);

        Assert.Equal((OutcomeStatus.Unknown, "Interrupted", 0, true), (outcome.Status, outcome.Reason, outcome.Attempts, outcome.MayBeResent));
        Assert.Empty(service.Sent);
    }

    [Fact]
    public async Task An_in_doubt_row_that_is_stopped_lets_the_others_go()
    {
        using var stop = new CancellationTokenSource();
        using var service = new ScriptedService(outageTimeoutSec: 120).Loses().Answers("OK", 200);
        var inDoubt = service.Sender.SendAsync(ScriptedService.Row, intents: null, stop.Token);
        var other = service.Sender.SendAsync(ScriptedService.Row, intents: null, CancellationToken.None);
        Assert.Single(service.Sent);

        await stop.CancelAsync();
        var outcomes = await service.PumpAsync(Task.WhenAll(inDoubt, other));

        Assert.Equal([OutcomeStatus.Unknown, OutcomeStatus.Succeeded], outcomes.Select(static o => o.Status));
        Assert.Equal(2, service.NoncesUsed);
    }

    [Fact]
    public async Task A_resend_that_is_abandoned_in_flight_stays_in_doubt()
    {
        using var inFlight = new CancellationTokenSource();
        var attempts = 0;
        using var handler = new StubHandler(async (request, cancellationToken) =>
        {
            await request.Content!.ReadAsByteArrayAsync(cancellationToken);
            if (attempts++ > 0)
            {
                await inFlight.CancelAsync();
                cancellationToken.ThrowIfCancellationRequested();
            }

            throw new HttpRequestException(HttpRequestError.ResponseEnded);
        });
        using var transport = new ServiceTransport(() => new SharedHandler(handler), TimeProvider.System, TimeSpan.FromMinutes(5));
        using var sender = new OperationSender(
            new SenderOptions { InFlight = inFlight.Token, Jitter = static () => 0 }, new StaticCredentialProvider(new Credential("id", "secret")), transport);

        var outcome = await sender.SendAsync(ScriptedService.Row, intents: null, TestContext.Current.CancellationToken);

        Assert.Equal((OutcomeStatus.Unknown, "ConnectionLost", 2, true), (outcome.Status, outcome.Reason, outcome.Attempts, outcome.MayBeResent));
    }

    private static RecordedIntent Record(DateTimeOffset timestamp, string accessKeyId = "id")
    {
        var call = new BindingApi(BindingApi.DefaultEndpoint).ToCall(ScriptedService.Row);
        var request = new RequestSigner(SignatureMethod.Acs3HmacSha256).Sign(call, new Credential(accessKeyId, "secret"), "n9", timestamp);
        return IntentFingerprint.Record(request, accessKeyId);
    }
}
