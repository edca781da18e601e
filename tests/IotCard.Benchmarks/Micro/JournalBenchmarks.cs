using BenchmarkDotNet.Attributes;
using IotCard.Client.Cards;
using IotCard.Client.Journaling;
using IotCard.Client.Sending;
using IotCard.Client.Service;
using IotCard.Client.Signing;

namespace IotCard.Benchmarks.Micro;

/// <summary>A journal record: making it, and having it on the disk, alone and among others.</summary>
public class JournalBenchmarks
{
    private const int Together = 32;
    private const string AccessKeyId = "sandbox-id";

    private readonly SigningSample _sample = new();
    private readonly SignedRequest _request;
    private readonly JournalEntry[] _entries = new JournalEntry[Together];
    private string _folder = string.Empty;
    private Journal? _journal;
    private Journal? _automatic;
    private JournalEntry? _automaticEntry;
    private RowOutcome? _outcome;

    /// <summary>Signs the request that is recorded.</summary>
    public JournalBenchmarks() => _request = _sample.SignAcs3();

    /// <summary>Begins a journal.</summary>
    /// <returns>When it is begun.</returns>
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

    /// <summary>Removes it.</summary>
    /// <returns>When it is gone.</returns>
    [GlobalCleanup]
    public async Task CloseAsync()
    {
        await _journal!.DisposeAsync();
        await _automatic!.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>The line alone.</summary>
    /// <returns>Its bytes.</returns>
    [Benchmark]
    public byte[] MakeRecord() => JournalLineFormatter.Intent(_sample.Row, 1, RecordedIntent.From(_request, AccessKeyId));

    /// <summary>Both records of a row in an automatic journal: all that it costs a card.</summary>
    /// <returns>When they are written.</returns>
    [Benchmark]
    public async Task RecordAutomatically()
    {
        await _automaticEntry!.RecordAsync(_request, AccessKeyId, CancellationToken.None);
        await _automaticEntry.CompleteAsync(_outcome!);
    }

    /// <summary>Finding the place of a row that stands in the input over and over.</summary>
    /// <returns>Its place.</returns>
    [Benchmark]
    public object ClaimIdentical() => _journal!.Claim(_sample.Row);

    /// <summary>One record, until it is on the disk.</summary>
    /// <returns>When it is.</returns>
    [Benchmark]
    public Task RecordOne() => _entries[0].RecordAsync(_request, AccessKeyId, CancellationToken.None).AsTask();

    /// <summary>As many records as a fleet has in flight, until all are on the disk; the time is one record's share.</summary>
    /// <returns>When they are.</returns>
    [Benchmark(OperationsPerInvoke = Together)]
    public Task RecordTogether() =>
        Task.WhenAll(_entries.Select(entry => entry.RecordAsync(_request, AccessKeyId, CancellationToken.None).AsTask()));
}
