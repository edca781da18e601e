using IotCard.Client.Credentials;
using IotCard.Client.Journaling;
using IotCard.Client.Rules;
using IotCard.Client.Sending;
using IotCard.Client.Service;
using IotCard.Client.Signing;
using IotCard.Client.Tests.Service;

namespace IotCard.Client.Tests.Sending;

/// <summary>A row that is stopped while being sent: nothing more of it is sent, and what is known of it is kept.</summary>
public sealed class StoppedRowTests
{
    [Fact]
    public Task Nothing_more_leaves_if_a_row_is_stopped_while_it_waits_for_a_retry() =>
        AssertNothingMoreLeaves("ConnectionFailed", static (service, act) => service.DoesNotConnect(act));

    [Fact]
    public Task Nothing_more_leaves_if_a_row_is_stopped_while_it_waits_because_it_was_throttled() =>
        AssertNothingMoreLeaves("Throttling.User", static (service, act) => service.Does(act, "Throttling.User"));

    [Fact]
    public Task Nothing_more_leaves_if_a_row_is_stopped_while_it_waits_to_be_resent() =>
        AssertNothingMoreLeaves("OutcomeUnknown", static (service, act) => service.Does(() => { act(); throw new HttpRequestException(HttpRequestError.ResponseEnded); }));

    [Fact]
    public Task Nothing_more_leaves_if_a_row_is_stopped_while_its_timestamp_is_corrected() =>
        AssertNothingMoreLeaves("InvalidTimeStamp.Expired", static (service, act) => service.Does(act, "InvalidTimeStamp.Expired", ("Date", "Mon, 23 Nov 2026 11:00:00 GMT")));

    [Fact]
    public Task Nothing_more_leaves_if_a_row_is_stopped_while_its_token_is_renewed() =>
        AssertNothingMoreLeaves("InvalidSecurityToken.Expired", static (service, act) => service.Does(act, "InvalidSecurityToken.Expired"));

    [Fact]
    public async Task Nothing_more_leaves_if_a_row_is_stopped_while_it_waits_for_its_turn()
    {
        using var stop = new CancellationTokenSource();
        using var service = new ScriptedService();
        service.Sender.RateLimiter.Throttle(TimeSpan.FromMinutes(1));
        var sending = service.Sender.SendAsync(ScriptedService.Row, record: null, stop.Token);

        await stop.CancelAsync();
        service.Clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal("NotSent", (await sending).Code);
        Assert.Empty(service.Sent);
    }

    [Fact]
    public async Task Nothing_more_leaves_if_a_row_is_stopped_while_its_intent_is_recorded()
    {
        using var stop = new CancellationTokenSource();
        using var service = new ScriptedService().Answers("OK", 200);
        var intents = new ActingLog(stop.Cancel);

        var outcome = await service.Sender.SendAsync(ScriptedService.Row, intents, stop.Token);

        Assert.Equal(1, intents.Count);
        Assert.Empty(service.Sent);
        Assert.Equal(("NotSent", 0), (outcome.Code, outcome.Attempts));
    }

    [Fact]
    public async Task Nothing_leaves_if_the_intent_of_a_row_cannot_be_recorded()
    {
        using var service = new ScriptedService();
        var intents = new ActingLog(static () => throw new JournalException(JournalErrorCode.NotWritable, "job.jsonl"));

        await Assert.ThrowsAsync<JournalException>(() => service.SendAsync(intents));

        Assert.Equal(1, intents.Count);
        Assert.Empty(service.Sent);
    }

    [Fact]
    public async Task In_flight_only_if_requests_in_flight_are_abandoned_too()
    {
        using var stop = new CancellationTokenSource();
        using var inFlight = new CancellationTokenSource();
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var handler = new StubHandler(async (request, cancellationToken) =>
        {
            await request.Content!.ReadAsByteArrayAsync(cancellationToken);
            arrived.SetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new InvalidOperationException("not reached");
        });
        using var transport = new ServiceTransport(() => new SharedHandler(handler), TimeProvider.System, TimeSpan.FromMinutes(5));
        using var sender = new OperationSender(
            new SenderOptions { InFlight = inFlight.Token }, new StaticCredentialProvider(new Credential("id", "secret")), transport);

        var sending = sender.SendAsync(ScriptedService.Row, record: null, stop.Token);
        await arrived.Task.WaitAsync(TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        Assert.False(sending.IsCompleted);
        await inFlight.CancelAsync();

        var outcome = await sending;
        Assert.Equal((OutcomeStatus.Unknown, "Stopped", true), (outcome.Status, outcome.Reason, outcome.MayBeResent));
    }

    private static async Task AssertNothingMoreLeaves(string code, Action<ScriptedService, Action> write)
    {
        using var stop = new CancellationTokenSource();
        using var service = new ScriptedService(credentials: new ScriptedCredentials(new Credential("new", "secret", "token-2")));
        write(service, stop.Cancel);

        var outcome = await service.SendUntilAsync(stop.Token);

        service.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Single(service.Sent);
        Assert.Equal((code, 1), (outcome.Code, outcome.Attempts));
    }

    private sealed class ActingLog(Action act) : IntentObserver
    {
        internal int Count { get; private set; }

        private protected override void Observe(RecordedIntent intent)
        {
            Count++;
            act();
        }
    }
}
