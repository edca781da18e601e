using IotCard.Client.Cards;
using IotCard.Client.Credentials;
using IotCard.Client.Journaling;
using IotCard.Client.Rules;
using IotCard.Client.Running;
using IotCard.Client.Sending;
using IotCard.Client.Service;
using IotCard.Client.Signing;
using IotCard.Client.Tests.Running;
using IotCard.Sandbox;
using IotCard.Client.Tests.Service;
using Microsoft.Extensions.Time.Testing;
using static IotCard.Client.Tests.Journaling.DyingTransport;

namespace IotCard.Client.Tests.Journaling;

/// <summary>A run that died, and later runs with the same journal, with a gateway that remembers nonces.</summary>
public sealed class ResumeTests : IAsyncLifetime
{
    private static readonly BindingRow Row = Unbind(0);
    private static readonly Credential Key = new(SandboxOptions.DefaultAccessKey.Id, SandboxOptions.DefaultAccessKey.Secret);

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero));
    private SandboxService _sandbox = null!;

    private JournalJob Job => new(BindingOperation.Unbind, _sandbox.Endpoint);

    public async ValueTask InitializeAsync() => _sandbox = await SandboxService.StartAsync(
        new SandboxOptions { Fleet = Fleet.Generate(10), Clock = _clock, AccessKeys = [SandboxOptions.DefaultAccessKey, new("other-id", "other-secret")] },
        TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _sandbox.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_request_that_was_never_sent_is_now_sent_byte_for_byte()
    {
        var died = await DieAsync(Death.BeforeSending, Row);
        var recorded = (await TakeAsync(Row)).OpenIntent!;
        _clock.Advance(TimeSpan.FromMinutes(9));

        var (results, sent) = await RunAsync([Row]);

        Assert.Equal((OutcomeStatus.Succeeded, 1), (results[0].Outcome!.Status, results[0].Outcome!.Attempts));
        Assert.Equal(died, sent);
        Assert.Contains($" (nonce {recorded.Nonce})", sent[0], StringComparison.Ordinal);
        Assert.Equal((1, 1), (_sandbox.Log.Requests, _sandbox.Log.Executed));
    }

    [Fact]
    public async Task A_request_that_had_arrived_is_executed_once_and_stays_unknown()
    {
        var died = await DieAsync(Death.BeforeTheResponse, Row);

        var (results, sent) = await RunAsync([Row]);
        var kept = await TakeAsync(Row);

        Assert.Equal((OutcomeStatus.Unknown, "SignatureNonceUsed"), (results[0].Outcome!.Status, results[0].Outcome!.Reason));
        Assert.Equal(died, sent);
        Assert.Equal((2, 1), (_sandbox.Log.Requests, _sandbox.Log.Executed));
        Assert.Equal((OutcomeStatus.Unknown, "SignatureNonceUsed"), (kept.Outcome?.Status, kept.Outcome?.Reason));
        Assert.Null(kept.OpenIntent);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_request_that_is_too_old_is_not_sent_and_stays_unknown(bool hadArrived)
    {
        await DieAsync(hadArrived ? Death.BeforeTheResponse : Death.BeforeSending, Row);
        var arrived = _sandbox.Log.Requests;
        _clock.Advance(TimeSpan.FromMinutes(11));

        var (results, sent) = await RunAsync([Row]);

        // Even if the clock was set back meanwhile, so that it would seem young again.
        var kept = await TakeAsync(Row);
        Assert.Equal((OutcomeStatus.Unknown, OutcomeCode.Interrupted), (results[0].Outcome!.Status, results[0].Outcome!.Reason));
        Assert.Equal((OutcomeStatus.Unknown, null), (kept.Outcome?.Status, kept.OpenIntent));
        Assert.Empty(sent);
        Assert.Equal(arrived, _sandbox.Log.Requests);
    }

    [Fact]
    public async Task A_request_of_another_AccessKey_is_not_sent()
    {
        await DieAsync(Death.BeforeSending, Row);

        var (results, sent) = await RunAsync([Row], new Credential("other-id", "other-secret"));

        Assert.Equal((OutcomeStatus.Unknown, OutcomeCode.OtherAccessKey), (results[0].Outcome!.Status, results[0].Outcome!.Reason));
        Assert.Empty(sent);
    }

    [Fact]
    public async Task A_run_that_was_aborted_before_an_in_doubt_row_leaves_it_to_the_next_one()
    {
        var died = await DieAsync(Death.BeforeSending, Row);

        var (aborted, _) = await RunAsync([Unbind(1), Row], new Credential(Key.AccessKeyId, "a-typing-mistake"));
        var (corrected, sent) = await RunAsync([Row]);

        Assert.Equal(
            [(OutcomeStatus.Failed, "SignatureDoesNotMatch"), (OutcomeStatus.Unknown, "NotSent")],
            aborted.Select(r => (r.Outcome!.Status, r.Outcome!.Reason)));
        Assert.Equal(OutcomeStatus.Succeeded, corrected[0].Outcome!.Status);
        Assert.Equal(died, sent);
        Assert.Equal(1, _sandbox.Log.Executed);
    }

    [Fact]
    public async Task An_unknown_row_that_is_sent_again_and_finds_no_connection_is_still_unknown()
    {
        await CompleteAsync(Row, OutcomeStatus.Unknown, OutcomeCode.OutcomeUnknown);
        await _sandbox.DisposeAsync();

        var (results, sent) = await RunAsync([Row], isRetryUnknown: true);
        var kept = await TakeAsync(Row);

        Assert.Equal((OutcomeStatus.Unknown, AttemptCode.ConnectionFailed), (results[0].Outcome!.Status, results[0].Outcome!.Reason));
        Assert.Single(sent);
        Assert.Equal(OutcomeStatus.Unknown, kept.Outcome?.Status);
    }

    [Fact]
    public async Task An_unknown_row_that_is_sent_again_is_settled_by_the_services_response()
    {
        await CompleteAsync(Row, OutcomeStatus.Unknown, OutcomeCode.OutcomeUnknown);
        await CompleteAsync(Unbind(20), OutcomeStatus.Unknown, OutcomeCode.OutcomeUnknown);

        var (results, _) = await RunAsync([Row, Unbind(20)], isRetryUnknown: true);

        Assert.Equal([OutcomeStatus.Succeeded, OutcomeStatus.Failed], results.Select(r => r.Outcome!.Status));
        Assert.Equal("isv.IOT_RES_NOT_EXIST", (await TakeAsync(Unbind(20))).Outcome?.Code);
    }

    [Fact]
    public async Task A_failed_row_is_signed_anew_and_then_the_new_request_is_in_doubt()
    {
        var failed = BindingRow.Unbind(Row.Iccid, SyntheticNumbers.Imei(77));
        var (results, first) = await RunAsync([failed]);

        var second = await DieAsync(Death.BeforeSending, failed);
        var entry = await TakeAsync(failed);

        Assert.Equal("isv.ERROR_BIND_NOT_EXIST", results[0].Outcome!.Code);
        Assert.NotEqual(first, second);
        Assert.Equal("isv.ERROR_BIND_NOT_EXIST", entry.Outcome?.Code);
        Assert.Contains(entry.OpenIntent!.Nonce, second[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_identical_rows_only_the_one_that_was_in_flight_is_in_doubt()
    {
        await RunAsync([Row]);
        await using (var journal = await Journal.OpenAsync(_folder.Journal, Job))
        {
            journal.Claim(Row);
            await DieAsync(Death.BeforeSending, journal, Row);
        }

        await using var again = await Journal.OpenAsync(_folder.Journal, Job);
        var (first, second, third) = (again.Claim(Row), again.Claim(Row), again.Claim(Row));

        Assert.Equal((OutcomeStatus.Succeeded, true), (first.Recorded.Outcome?.Status, first.Recorded.OpenIntent is null));
        Assert.Equal((null, false), (second.Recorded.Outcome?.Status, second.Recorded.OpenIntent is null));
        Assert.Equal((null, true), (third.Recorded.Outcome?.Status, third.Recorded.OpenIntent is null));
    }

    private static BindingRow Unbind(int n) => BindingRow.Unbind(SyntheticNumbers.Iccid(n), SyntheticNumbers.Imei(n));

    /// <summary>Sends a row and dies.</summary>
    /// <returns>What was to be sent.</returns>
    private async Task<List<string>> DieAsync(Death death, BindingRow row)
    {
        await using var journal = await Journal.OpenAsync(_folder.Journal, Job);
        return await DieAsync(death, journal, row);
    }

    private async Task<List<string>> DieAsync(Death death, Journal journal, BindingRow row)
    {
        using var inFlight = new CancellationTokenSource();
        using var handler = new DyingTransport(death);
        using var transport = new ServiceTransport(() => new SharedHandler(handler), _clock, TimeSpan.FromSeconds(10));
        using var sender = MakeSender(transport, Key, inFlight.Token);
        using var run = new BindingRun(sender, new RunOptions());
        run.Add(row, journal.Claim(row));
        await handler.WaitUntilDeadAsync();
        run.Stop();
        await inFlight.CancelAsync();
        await run.WaitForAllAsync().WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        return handler.Sent;
    }

    /// <summary>Runs rows as the commands do: in-doubt ones are resolved, unless they are to be sent anew.</summary>
    private async Task<(List<Row> Results, List<string> Sent)> RunAsync(
        BindingRow[] rows, Credential? credential = null, bool isRetryUnknown = false)
    {
        using var handler = new DyingTransport(Death.None);
        using var transport = new ServiceTransport(() => new SharedHandler(handler), _clock, TimeSpan.FromSeconds(10));
        using var sender = MakeSender(transport, credential ?? Key, CancellationToken.None);
        using var run = new BindingRun(sender, new RunOptions { ThrottleLimit = 1 });
        await using var journal = await Journal.OpenAsync(_folder.Journal, Job);
        foreach (var row in rows)
        {
            var entry = journal.Claim(row);
            run.Add(row, entry, isRetryUnknown ? null : entry.Recorded.OpenIntent);
        }

        var results = new List<Row>();
        while (!run.IsEmpty)
        {
            await run.WaitForNextAsync().WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
            while (run.TryDequeue(out var result))
            {
                results.Add(result);
            }
        }

        return (results, handler.Sent);
    }

    private OperationSender MakeSender(ServiceTransport transport, Credential credential, CancellationToken inFlight) => new(
        new SenderOptions { Endpoint = _sandbox.Endpoint, Clock = _clock, MaximumRetryCount = 0, OutageTimeout = TimeSpan.Zero, InFlight = inFlight },
        new StaticCredentialProvider(credential),
        transport);

    private async Task CompleteAsync(BindingRow row, OutcomeStatus status, string code)
    {
        await using var journal = await Journal.OpenAsync(_folder.Journal, Job);
        await journal.Claim(row).RecordOutcomeAsync(new RowOutcome { Row = row, Status = status, Code = code, CompletedAt = _clock.GetUtcNow() });
    }

    private async Task<RecordedRow> TakeAsync(BindingRow row)
    {
        await using var journal = await Journal.OpenAsync(_folder.Journal, Job);
        return journal.Claim(row).Recorded;
    }
}
