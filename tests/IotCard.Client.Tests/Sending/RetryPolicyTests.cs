using IotCard.Client.Rules;
using IotCard.Client.Sending;
using IotCard.Client.Service;
using IotCard.Client.Signing;

namespace IotCard.Client.Tests.Sending;

/// <summary>The numbers of the sending rules, each of which a small change would break unnoticed.</summary>
public sealed class RetryPolicyTests
{
    [Theory]
    [InlineData(0, 1, 250)]
    [InlineData(1, 1, 500)]
    [InlineData(1, 2, 1000)]
    [InlineData(1, 5, 8000)]
    [InlineData(1, 6, 10000)]
    [InlineData(1, 1000, 10000)]
    [InlineData(0, 1000, 5000)]
    public void A_pause_doubles_up_to_ten_seconds_and_varies_by_a_half(double jitter, int failedTries, double milliseconds)
    {
        var policy = new RetryPolicy(new SenderOptions { Jitter = () => jitter });

        Assert.Equal(milliseconds, policy.DelayAfter(failedTries).TotalMilliseconds);
    }

    [Fact]
    public async Task The_age_of_an_in_doubt_operation_counts_from_when_its_request_was_sent()
    {
        using var service = new ScriptedService(outageTimeoutSec: 3600);
        service.Does(() =>
        {
            service.Clock.Advance(DoubtRules.SafeAge - TimeSpan.FromSeconds(3));
            throw new HttpRequestException(HttpRequestError.ResponseEnded);
        });
        for (var i = 0; i < 50; i++)
        {
            service.Loses();
        }

        var outcome = await service.SendAsync();

        Assert.Equal((OutcomeStatus.Unknown, false), (outcome.Status, outcome.MayBeResent));
        Assert.InRange(outcome.Attempts, 2, 4);
    }

    [Fact]
    public async Task The_response_to_a_resend_in_flight_counts_although_the_run_was_stopped_meanwhile()
    {
        using var stop = new CancellationTokenSource();
        using var service = new ScriptedService(outageTimeoutSec: 120).Loses().Does(stop.Cancel);

        var outcome = await service.SendUntilAsync(stop.Token);

        Assert.Equal((OutcomeStatus.Succeeded, 2), (outcome.Status, outcome.Attempts));
    }

    [Fact]
    public void A_request_to_another_host_is_another_request()
    {
        var credential = new Credential("id", "secret");
        var signer = new RequestSigner(SignatureMethod.Acs3HmacSha256);
        SignedRequest Sign(string endpoint) =>
            signer.Sign(new BindingApi(new Uri(endpoint)).ToCall(ScriptedService.Row), credential, "n", DateTimeOffset.UnixEpoch);

        var intent = Intents.Record(Sign("https://dyiotapi.aliyuncs.com"), "id");

        Assert.True(Intents.Matches(intent, Sign("https://dyiotapi.aliyuncs.com"), "id"));
        Assert.False(Intents.Matches(intent, Sign("https://dyiotapi.example.com"), "id"));
        Assert.False(Intents.Matches(intent, Sign("https://dyiotapi.aliyuncs.com"), "other"));
    }

    [Fact]
    public async Task An_elapsed_time_has_whole_microseconds()
    {
        using var service = new ScriptedService();
        service.Does(() => service.Clock.Advance(TimeSpan.FromTicks(12_345_678)));

        var outcome = await service.SendAsync();

        Assert.True(outcome.Elapsed >= TimeSpan.FromTicks(12_345_670));
        Assert.Equal(0, outcome.Elapsed.Ticks % 10);
    }

    [Fact]
    public async Task A_resumed_run_uses_the_clock_offset_that_the_previous_run_learned()
    {
        using var first = new ScriptedService()
            .Answers("InvalidTimeStamp.Expired", 400, ("Date", "Mon, 23 Nov 2026 11:00:00 GMT"))
            .Answers("OK", 200);
        var intents = new LastIntent();
        await first.SendAsync(intents);
        using var second = new ScriptedService().Answers("OK", 200);

        var outcome = await second.ResumeAsync(intents.Intent!);

        Assert.Equal((OutcomeStatus.Succeeded, 1), (outcome.Status, outcome.Attempts));
        Assert.Equal(first.Sent[^1], second.Sent[0]);
        Assert.Equal(TimeSpan.FromHours(3), second.Sender.Clock.Offset);
    }

    private sealed class LastIntent : IntentObserver
    {
        internal RecordedIntent? Intent { get; private set; }

        private protected override void Observe(RecordedIntent intent)
        {
            Intent = intent;
        }
    }
}
