using IotCard.Client.Cards;
using IotCard.Client.Credentials;
using IotCard.Client.Journaling;
using IotCard.Client.Queries;
using IotCard.Client.Rules;
using IotCard.Client.Running;
using IotCard.Client.Sending;
using IotCard.Client.Service;
using IotCard.Client.Settling;
using IotCard.Client.Signing;
using IotCard.Client.Tests.Journaling;
using IotCard.Proving;
using IotCard.Sandbox;

namespace IotCard.Client.Tests.Chaos;

/// <summary>
/// A run that loses many responses, beside another program that works on some of the same cards, and what the audit
/// trail then settles, however it records.
/// </summary>
[Trait("Category", "Chaos")]
public sealed class SettledChaosTests : IDisposable
{
    private const int Cards = 240;
    private const int Shared = 12;

    private static readonly Credential Key = new(SandboxOptions.DefaultAccessKey.Id, SandboxOptions.DefaultAccessKey.Secret);

    private readonly TemporaryFolder _folder = new();
    private readonly WaitingClock _clock = new();

    public void Dispose()
    {
        _clock.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(33)]
    public async Task Nothing_is_settled_wrongly_and_with_recorded_answers_everything_that_was_answered_is_settled(int seed)
    {
        var random = new Random(seed);
        await using var sandbox = await SandboxService.StartAsync(
            new SandboxOptions
            {
                Fleet = new Fleet(Enumerable.Range(0, Cards).Select(static i => new Card(SyntheticNumbers.Iccid(i), SyntheticNumbers.Imei(i))))
                {
                    BlacklistedImeis = Enumerable.Range(0, Cards).Where(static i => i % 9 == 0).Select(NewImei).ToHashSet(StringComparer.Ordinal),
                },
                Clock = _clock,
            },
            TestContext.Current.CancellationToken);
        _clock.Follow(sandbox.Log);
        var rows = Enumerable.Range(0, Cards).Select(i => BindingRow.Rebind(SyntheticNumbers.Iccid(i), SyntheticNumbers.Imei(i % 11 == 0 ? i + 1 : i), NewImei(i))).ToArray();
        await WorkBesideAsync(sandbox.Endpoint, rows[^Shared..]);
        sandbox.Faults = FaultPlan.Mixed(0.6, seed, FaultGroups.All) with { Delay = TimeSpan.FromSeconds(45), Hint = TimeSpan.FromMilliseconds(500) };
        await RunAsync(sandbox.Endpoint, rows, seed);
        sandbox.Faults = FaultPlan.None;
        _clock.Advance(TimeSpan.FromMinutes(25));

        var job = AuditJob.Read(_folder.Journal, _clock);
        var operations = sandbox.Log.Operations;
        bool IsExecuted(BindingRow row) => operations.Any(o => o.Succeeded && o.Iccid == row.Iccid && o.Imei == row.Imei && o.NewImei == row.NewImei);
        bool IsAnswered(UnknownRow row) => operations.Any(o => row.Intents.Any(i => i.Nonce == o.Nonce) && o.Code != "isv.ERROR_BIND_NOT_EXIST");
        var (settings, settled, needless) = (0, 0, 0);
        foreach (var options in Settings(random))
        {
            sandbox.AuditTrail = options;
            var conclusions = await LookUpAsync(sandbox.Endpoint, job);
            settings++;
            settled += conclusions.Count(static one => one.Conclusion.Status != OutcomeStatus.Unknown);
            needless += conclusions.Count(one => one.Conclusion.Status == OutcomeStatus.Unknown && IsAnswered(one.Row));

            var untrue = conclusions.Where(one => one.Conclusion.Status switch
            {
                OutcomeStatus.Succeeded => !IsExecuted(one.Row.Outcome.Row),
                OutcomeStatus.Failed => operations.Any(o => o.Succeeded && one.Row.Intents.Any(i => i.Nonce == o.Nonce)),
                _ => false,
            });
            Assert.Empty(string.Join("\n", untrue.Select(one => $"{one.Conclusion} {one.Row.Outcome}, {options}")));
            if (options is { IsEmpty: false, Response: RecordedResponse.Full, UserAgent: RecordedUserAgent.Full })
            {
                Assert.Empty(conclusions.Where(one => one.Conclusion.Status == OutcomeStatus.Unknown && IsAnswered(one.Row)).Select(one => $"{one.Conclusion} {one.Row.Outcome}, {options}"));
            }
        }

        Proofs.Note($"chaos, settled: {Cards} operations, {sandbox.Log.FaultsTotal} faults, {job.Rows.Count} unknown, {settings} ways of recording, {settled} settled, 0 untrue, {needless} needless unknown");
        Assert.True(job.Rows.Count > 20, $"only {job.Rows.Count} rows are unknown");
        Assert.True(settled > job.Rows.Count, $"only {settled} were settled");
        await RecordAsync(sandbox, job);
    }

    /// <summary>What is recorded is read back, and no settled row is sent again.</summary>
    private async Task RecordAsync(SandboxService sandbox, AuditJob job)
    {
        sandbox.AuditTrail = new AuditTrailOptions { DuplicatesEvents = true };
        var proved = (await LookUpAsync(sandbox.Endpoint, job)).Where(static one => one.Conclusion.Status != OutcomeStatus.Unknown).ToList();
        var now = _clock.GetUtcNow();

        await JournalResolver.ResolveAsync(
            _folder.Journal,
            [.. proved.Select(one => (one.Row, new RowResolution
            {
                Status = one.Conclusion.Status,
                ResolvedAt = now,
                Evidence = new AuditEvidence(one.Conclusion.Event!.EventId!, one.Conclusion.Event.Time!.Value, one.Conclusion.Finding.ToString()),
            }))],
            _clock);

        var recorded = JournalReader.Read(_folder.Journal).Outcomes.ToDictionary(static outcome => outcome.Row.Iccid);
        Assert.All(proved, one =>
        {
            var outcome = recorded[one.Row.Outcome.Row.Iccid];
            Assert.Equal((one.Conclusion.Status, OutcomeCode.Resolved), (outcome.Status, outcome.Code));
            Assert.Equal(one.Conclusion.Event!.EventId, outcome.Resolution!.Evidence!.EventId);
        });
        Assert.Equal(job.Rows.Count - proved.Count, JournalResolver.FindUnknown(_folder.Journal, _clock).Count);
    }

    private async Task<IReadOnlyList<SettledRow>> LookUpAsync(Uri endpoint, AuditJob job)
    {
        using var transport = new ServiceTransport(_clock.CreateHandler, _clock, TimeSpan.FromSeconds(30));
        using var sender = new QuerySender(
            new SenderOptions { Clock = _clock, RequestsPerSecond = AuditApi.RequestsPerSecond }, new StaticCredentialProvider(Key), transport);
        var (start, end) = job.Span!.Value;
        var events = await new AuditTrail(sender, new AuditApi(endpoint)).ReadAsync(start, end, progress: null, TestContext.Current.CancellationToken);
        Assert.True(events.IsAnswered, events.Code);
        return job.Conclude(events.Value!, Key.AccessKeyId);
    }

    private async Task RunAsync(Uri endpoint, BindingRow[] rows, int seed)
    {
        using var transport = new ServiceTransport(_clock.CreateHandler, _clock, TimeSpan.FromSeconds(30));
        using var sender = MakeSender(endpoint, transport, new SeededNonces(seed));
        using var run = new BindingRun(sender, new RunOptions { ThrottleLimit = 16 });
        await using var journal = await Journal.OpenAsync(_folder.Journal, new JournalJob(BindingOperation.Rebind, endpoint), _clock);
        foreach (var row in rows)
        {
            run.Add(new Row(row) { Record = journal.Claim(row) });
        }

        while (!run.IsEmpty)
        {
            await run.WaitForNextAsync().WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
            while (run.TryDequeue(out _))
            {
            }
        }
    }

    /// <summary>Another program sends the operations of some rows, with the same key.</summary>
    private async Task WorkBesideAsync(Uri endpoint, BindingRow[] rows)
    {
        using var transport = new ServiceTransport(() => new OtherProgram(_clock.CreateHandler()), _clock, TimeSpan.FromSeconds(30));
        using var sender = MakeSender(endpoint, transport, new RandomNonceSource());
        foreach (var row in rows)
        {
            await sender.SendAsync(row, record: null, TestContext.Current.CancellationToken);
        }
    }

    private OperationSender MakeSender(Uri endpoint, ServiceTransport transport, INonceSource nonces) => new(
        new SenderOptions { Endpoint = endpoint, Clock = _clock, MaximumInFlight = 16, OutageTimeout = TimeSpan.FromMinutes(2), Nonces = nonces, Jitter = static () => 0.5 },
        new StaticCredentialProvider(Key),
        transport);

    private static string NewImei(int i) => SyntheticNumbers.Imei((10 * Cards) + i);

    private static IEnumerable<AuditTrailOptions> Settings(Random random) =>
        from parameters in Enum.GetValues<RecordedParameters>()
        from response in Enum.GetValues<RecordedResponse>()
        from userAgent in Enum.GetValues<RecordedUserAgent>()
        select new AuditTrailOptions
        {
            Parameters = parameters,
            Response = response,
            UserAgent = userAgent,
            IsEmpty = random.Next(8) == 0,
            RecordsNonce = random.Next(6) == 0,
            RecordsFailureCodes = random.Next(2) == 0,
            RecordsRefusals = random.Next(2) == 0,
            DuplicatesEvents = random.Next(2) == 0,
            NumericVersion = random.Next(2) == 0,
            PascalCaseNames = random.Next(2) == 0,
        };

    private sealed class OtherProgram(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Remove("User-Agent");
            request.Headers.TryAddWithoutValidation("User-Agent", "aliyun-cli/3.4.11");
            return base.SendAsync(request, cancellationToken);
        }
    }
}
