using BenchmarkDotNet.Attributes;
using IotCard.Client.Cards;
using IotCard.Client.Journaling;
using IotCard.Client.Rules;
using IotCard.Client.Sending;
using IotCard.Client.Service;
using IotCard.Client.Signing;

namespace IotCard.Benchmarks.Micro;

/// <summary>A journal record: formatting it, and writing it to the disk, alone and together with others.</summary>
public class JournalBenchmarks
{
    private const int Together = 32;
    private static readonly Credential Credential = new("sandbox-id", "sandbox-secret");

    private readonly IntentFingerprint _fingerprint = new(SignatureMethod.Acs3HmacSha256, BindingApi.DefaultEndpoint, channel: null);

    private readonly SigningSample _sample = new();
    private readonly SignedRequest _request;
    private readonly JournalEntry[] _entries = new JournalEntry[Together];
    private string _folder = string.Empty;
    private Journal? _journal;
    private Journal? _automatic;
    private JournalEntry? _automaticEntry;
    private RowOutcome? _outcome;

    /// <summary>Signs the request to record.</summary>
    public JournalBenchmarks() => _request = _sample.SignAcs3();

    /// <summary>Creates the journals.</summary>
    /// <returns>A task that completes when they exist.</returns>
    [GlobalSetup]
    public async Task OpenAsync()
    {
        _folder = Directory.CreateTempSubdirectory("iotcard-journal-").FullName;
        _journal = await Journal.OpenAsync(Path.Combine(_folder, "job.jsonl"), new JournalJob(BindingOperation.Rebind, BindingApi.DefaultEndpoint));
        for (var i = 0; i < Together; i++)
        {
            _entries[i] = _journal.Claim(_sample.Row);
        }

        _automatic = await new AutomaticJournals(Path.Combine(_folder, "automatic"))
            .CreateAsync(new JournalJob(BindingOperation.Rebind, BindingApi.DefaultEndpoint), TimeProvider.System);
        _automaticEntry = _automatic.Claim(_sample.Row);
        _outcome = new RowOutcome
        {
            Row = _sample.Row,
            Status = OutcomeStatus.Succeeded,
            Code = OutcomeCode.Ok,
            Reason = OutcomeCode.Ok,
            Message = "OK",
            RequestId = Guid.Empty.ToString(),
            HttpStatus = 200,
            Attempts = 1,
            Elapsed = TimeSpan.FromMilliseconds(50),
            CompletedAt = DateTimeOffset.UtcNow,
        };
    }

    /// <summary>Deletes them.</summary>
    /// <returns>A task that completes when they are gone.</returns>
    [GlobalCleanup]
    public async Task CloseAsync()
    {
        await _journal!.DisposeAsync();
        await _automatic!.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Formats a line.</summary>
    /// <returns>Its bytes.</returns>
    [Benchmark]
    public byte[] FormatRecord() => JournalLineFormatter.Intent(_sample.Row, 1, _fingerprint.Record(_request, Credential));

    /// <summary>Writes both records of a row to an automatic journal: all that it costs per card.</summary>
    /// <returns>A task that completes when they are written.</returns>
    [Benchmark]
    public async Task RecordAutomatically()
    {
        await _automaticEntry!.RecordIntentAsync(_fingerprint.Record(_request, Credential), CancellationToken.None);
        await _automaticEntry.RecordOutcomeAsync(_outcome!);
    }

    /// <summary>Claims the entry of a row that occurs in the input again and again.</summary>
    /// <returns>The entry.</returns>
    [Benchmark]
    public object ClaimIdentical() => _journal!.Claim(_sample.Row);

    /// <summary>Writes one record.</summary>
    /// <returns>A task that completes when it is on the disk.</returns>
    [Benchmark]
    public Task RecordOne() => _entries[0].RecordIntentAsync(_fingerprint.Record(_request, Credential), CancellationToken.None).AsTask();

    /// <summary>Writes as many records at once as a fleet has in flight; the time is that of one record.</summary>
    /// <returns>A task that completes when all are on the disk.</returns>
    [Benchmark(OperationsPerInvoke = Together)]
    public Task RecordTogether() =>
        Task.WhenAll(_entries.Select(entry => entry.RecordIntentAsync(_fingerprint.Record(_request, Credential), CancellationToken.None).AsTask()));
}
