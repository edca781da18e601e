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
    /// <summary>Computed apart from this program. Journals contain it, so that it must stay what it is.</summary>
    private const string Fingerprint = "1aaa38e43e95ba23793c48f1e3b0a561e3b0";

    private static readonly DateTimeOffset Recorded = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("n9", 0, Fingerprint, null)]
    [InlineData("n8", 0, Fingerprint, "OtherRequest")]
    [InlineData("n9", 1, Fingerprint, "OtherRequest")]
    [InlineData("n9", 0, "0123456789abcdef", "OtherRequest")]
    public async Task A_recorded_request_is_sent_if_it_has_its_fingerprint(string nonce, int seconds, string fingerprint, string? difference)
    {
        using var service = new ScriptedService().Answers("OK", 200);

        var outcome = await service.ResumeAsync(new RecordedIntent(nonce, Recorded.AddSeconds(seconds), fingerprint));

        Assert.Equal(difference is null ? OutcomeStatus.Succeeded : OutcomeStatus.Unknown, outcome.Status);
        Assert.Equal(difference ?? "OK", outcome.Reason);
        Assert.Equal(difference is null ? 1 : 0, service.Sent.Count);
    }

    /// <summary>Other bytes under the same nonce would be a second request that the gateway takes for the first.</summary>
    [Theory]
    [InlineData(SignatureMethod.HmacSha1, null, null, "id", "secret", null, "OtherSignatureMethod")]
    [InlineData(SignatureMethod.Acs3HmacSha256, "https://dyiotapi.example.com", null, "id", "secret", null, "OtherEndpoint")]
    [InlineData(SignatureMethod.Acs3HmacSha256, null, "c1", "id", "secret", null, "OtherChannel")]
    [InlineData(SignatureMethod.Acs3HmacSha256, null, null, "other", "secret", null, "OtherAccessKey")]
    [InlineData(SignatureMethod.Acs3HmacSha256, null, null, "id", "secret", "token", "OtherToken")]
    public async Task Another_request_is_not_sent_and_says_in_what_it_differs(
        SignatureMethod method, string? endpoint, string? channel, string keyId, string secret, string? token, string difference)
    {
        using var handler = new StubHandler(static (_, _) => throw new InvalidOperationException("sent"));
        using var transport = new ServiceTransport(() => new SharedHandler(handler), TimeProvider.System, TimeSpan.FromMinutes(5));
        using var sender = new OperationSender(
            new SenderOptions { SignatureMethod = method, Endpoint = endpoint is null ? BindingApi.DefaultEndpoint : new Uri(endpoint), MidChannelId = channel },
            new StaticCredentialProvider(new Credential(keyId, secret, token)),
            transport);

        var outcome = await sender.ResumeAsync(ScriptedService.Row, Record(DateTimeOffset.UtcNow), TestContext.Current.CancellationToken);

        Assert.Equal((OutcomeStatus.Unknown, difference, 0, true), (outcome.Status, outcome.Reason, outcome.Attempts, outcome.MayBeResent));
    }

    [Theory]
    [InlineData(600, 1, true)]
    [InlineData(-600, 1, true)]
    [InlineData(601, 0, false)]
    [InlineData(-601, 0, false)]
    public async Task A_recorded_request_is_sent_up_to_an_age_of_ten_minutes(int seconds, int attempts, bool mayBeResent)
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
    public void The_age_of_a_recorded_request_is_measured_by_the_gateways_clock()
    {
        var intent = new RecordedIntent("n9", Recorded.AddHours(3), Fingerprint) { ClockOffset = TimeSpan.FromHours(3) };

        Assert.True(DoubtRules.MayResend(intent, Recorded.AddMinutes(10)));
        Assert.True(DoubtRules.MayResend(intent, Recorded.AddMinutes(-10)));
        Assert.False(DoubtRules.MayResend(intent, Recorded.AddMinutes(10.1)));
        Assert.False(DoubtRules.MayResend(intent, Recorded.AddMinutes(-10.1)));
    }

    /// <summary>Its nonce may be older than it seems by the corrected clock, and forgotten.</summary>
    [Fact]
    public async Task A_recorded_request_is_not_sent_once_this_machines_clock_was_corrected()
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
    public async Task The_first_sending_of_a_recorded_request_takes_no_retry_and_no_pause()
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
    public async Task A_recorded_request_that_is_stopped_before_anything_is_sent_stays_in_doubt()
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
        var inDoubt = service.Sender.SendAsync(ScriptedService.Row, record: null, stop.Token);
        var other = service.Sender.SendAsync(ScriptedService.Row, record: null, CancellationToken.None);
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

        var outcome = await sender.SendAsync(ScriptedService.Row, record: null, TestContext.Current.CancellationToken);

        Assert.Equal((OutcomeStatus.Unknown, "ConnectionLost", 2, true), (outcome.Status, outcome.Reason, outcome.Attempts, outcome.MayBeResent));
    }

    private static RecordedIntent Record(DateTimeOffset timestamp, string accessKeyId = "id")
    {
        var call = new BindingApi(BindingApi.DefaultEndpoint).ToCall(ScriptedService.Row);
        var request = new RequestSigner(SignatureMethod.Acs3HmacSha256).Sign(call, new Credential(accessKeyId, "secret"), "n9", timestamp);
        return Intents.Record(request, accessKeyId);
    }
}
