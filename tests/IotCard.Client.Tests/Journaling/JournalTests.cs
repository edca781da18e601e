using System.Text;
using System.Text.Json;
using IotCard.Client.Cards;
using IotCard.Client.Credentials;
using IotCard.Client.Journaling;
using IotCard.Client.Rules;
using IotCard.Client.Running;
using IotCard.Client.Sending;
using IotCard.Client.Service;
using IotCard.Client.Signing;
using IotCard.Client.Tests.Running;
using IotCard.Client.Tests.Sending;
using IotCard.Client.Tests.Service;

namespace IotCard.Client.Tests.Journaling;

public sealed class JournalTests : IDisposable
{
    private static readonly JournalJob Job = new(BindingOperation.Unbind, new Uri("https://dyiotapi.aliyuncs.com"));
    private static readonly BindingRow Row = BindingRow.Unbind("89860412345678901234", "490154203237518");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    private string File => Path.Combine(_folder.FullName, "job.jsonl");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task An_intent_is_on_the_disk_before_its_request_is_sent_and_an_outcome_before_it_is_published()
    {
        var seen = new List<string>();
        using var handler = new StubHandler(async (request, cancellationToken) =>
        {
            await request.Content!.ReadAsByteArrayAsync(cancellationToken);
            seen.Add(Kinds());
            return new HttpResponseMessage { Content = new StringContent(Responses.WithRequestId(ScriptedService.Ok)) };
        });

        await RunAsync(handler, Row, BindingRow.Unbind("89860412345678901235", "490154203237519"));

        Assert.Equal(["job run intent", "job run intent outcome intent"], seen);
        Assert.Equal("job run intent outcome intent outcome", Kinds());
    }

    [Fact]
    public async Task A_journal_is_one_JSON_object_per_line_without_secret_token_or_signature()
    {
        using var handler = Answering(ScriptedService.Ok);
        await RunAsync(handler, Row);

        var text = await ReadAsync();
        foreach (var line in text.TrimEnd('\n').Split('\n'))
        {
            using var document = JsonDocument.Parse(line);
            Assert.Equal(JsonValueKind.Object, document.RootElement.ValueKind);
        }

        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("the-secret", text, StringComparison.Ordinal);
        Assert.DoesNotContain("the-token", text, StringComparison.Ordinal);
        Assert.DoesNotContain("the-key-id", text, StringComparison.Ordinal);
        Assert.DoesNotContain("ignature", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_journal_remembers_how_a_row_ended()
    {
        var outcome = Outcome(OutcomeStatus.Succeeded, "OK") with { Message = "换绑 \"ok\"", RequestId = "R-1", HttpStatus = 200, Attempts = 3, Elapsed = TimeSpan.FromTicks(51_290) };
        await WriteAsync(outcome);
        Assert.Contains("换绑", await ReadAsync(), StringComparison.Ordinal);

        await using var journal = await Journal.OpenAsync(File, Job);
        var entry = journal.Claim(Row);

        Assert.Equal(outcome, entry.Recorded.Outcome);
        Assert.Null(entry.Recorded.OpenIntent);
    }

    [Fact]
    public async Task The_nth_identical_row_corresponds_to_the_nth_record()
    {
        await WriteAsync(Outcome(OutcomeStatus.Succeeded, "OK"), Outcome(OutcomeStatus.Failed, "isv.ERROR_BIND_NOT_EXIST"));

        await using var journal = await Journal.OpenAsync(File, Job);

        Assert.Equal("OK", journal.Claim(Row).Recorded.Outcome?.Code);
        Assert.Equal("isv.ERROR_BIND_NOT_EXIST", journal.Claim(Row).Recorded.Outcome?.Code);
        Assert.Null(journal.Claim(Row).Recorded.Outcome);
        Assert.Null(journal.Claim(Row with { Imei = "490154203237510" }).Recorded.Outcome);
    }

    [Fact]
    public async Task An_intent_without_an_outcome_is_in_doubt_and_one_with_is_not()
    {
        using var stop = new CancellationTokenSource();
        await RunAsync(new StubHandler(async (request, cancellationToken) =>
        {
            await request.Content!.ReadAsByteArrayAsync(cancellationToken);
            await stop.CancelAsync();
            throw new HttpRequestException(HttpRequestError.ResponseEnded);
        }), stop.Token, Row);

        await using (var journal = await Journal.OpenAsync(File, Job))
        {
            var entry = journal.Claim(Row);
            Assert.NotNull(entry.Recorded.OpenIntent);
            Assert.Null(entry.Recorded.Outcome);
            await entry.RecordOutcomeAsync(Outcome(OutcomeStatus.Unknown, "OutcomeUnknown"));
        }

        await using var again = await Journal.OpenAsync(File, Job);
        var settled = again.Claim(Row);
        Assert.Null(settled.Recorded.OpenIntent);
        Assert.Equal(OutcomeStatus.Unknown, settled.Recorded.Outcome?.Status);
    }

    [Fact]
    public async Task A_torn_first_line_is_replaced()
    {
        await System.IO.File.WriteAllTextAsync(File, "{\"kind\":\"jo", TestContext.Current.CancellationToken);

        await (await Journal.OpenAsync(File, Job)).DisposeAsync();

        Assert.Equal("job run", Kinds());
    }

    [Theory]
    [InlineData("{\"kind\":\"outcome\"}")]
    [InlineData("{\"kind\":\"note\"}")]
    [InlineData("null")]
    [InlineData("\0\0\0\0")]
    [InlineData("")]
    public async Task A_damaged_line_in_the_middle_is_named_and_nothing_is_changed(string damage)
    {
        await WriteAsync(Outcome(OutcomeStatus.Succeeded, "OK"));
        var lines = (await ReadAsync()).Split('\n').ToList();
        lines.Insert(1, damage);
        var text = string.Join('\n', lines);
        await System.IO.File.WriteAllTextAsync(File, text, TestContext.Current.CancellationToken);

        var failure = await Assert.ThrowsAsync<JournalException>(() => Journal.OpenAsync(File, Job));
        var read = JournalReader.Read(File);

        Assert.Equal((JournalErrorCode.Invalid, "2"), (failure.Code, failure.Detail));
        Assert.Equal(2, Assert.Single(read.DamagedLines));
        Assert.Equal("OK", Assert.Single(read.Outcomes).Code);
        Assert.Equal(text, await ReadAsync());
    }

    [Theory]
    [InlineData(BindingOperation.Rebind, "https://dyiotapi.aliyuncs.com")]
    [InlineData(BindingOperation.Unbind, "https://another.example")]
    public async Task A_journal_of_another_job_is_refused(BindingOperation operation, string endpoint)
    {
        await (await Journal.OpenAsync(File, Job)).DisposeAsync();

        var failure = await Assert.ThrowsAsync<JournalException>(() => Journal.OpenAsync(File, new JournalJob(operation, new Uri(endpoint))));

        Assert.Equal(JournalErrorCode.OtherJob, failure.Code);
        Assert.Contains("Unbind", failure.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_journal_has_one_writer_at_a_time()
    {
        await using (await Journal.OpenAsync(File, Job))
        {
            Assert.Equal(JournalErrorCode.InUse, (await Assert.ThrowsAsync<JournalException>(() => Journal.OpenAsync(File, Job))).Code);
        }

        await (await Journal.OpenAsync(File, Job)).DisposeAsync();
    }

    [Fact]
    public async Task What_cannot_be_opened_is_reported_as_not_writable()
    {
        await System.IO.File.WriteAllTextAsync(Path.Combine(_folder.FullName, "no"), "in the way", TestContext.Current.CancellationToken);
        var noFolder = await Assert.ThrowsAsync<JournalException>(() => Journal.OpenAsync(Path.Combine(_folder.FullName, "no", "job.jsonl"), Job));
        var aFolder = await Assert.ThrowsAsync<JournalException>(() => Journal.OpenAsync(_folder.FullName, Job));

        Assert.Equal([JournalErrorCode.NotWritable, JournalErrorCode.NotAFile], [noFolder.Code, aFolder.Code]);
        Assert.Equal(JournalErrorCode.NotFound, Assert.Throws<JournalException>(() => JournalReader.Read(File)).Code);
    }

    [Fact]
    public async Task A_disk_that_fills_up_stops_the_run_and_nothing_is_sent_that_is_not_recorded()
    {
        var sent = 0;
        JournalEntry? entry = null;
        var journal = await Journal.OpenAsync(File, Job);
        using var handler = new StubHandler(async (request, cancellationToken) =>
        {
            await request.Content!.ReadAsByteArrayAsync(cancellationToken);
            if (++sent == 2)
            {
                // From here on nothing can be written, as on a full disk.
                await journal.DisposeAsync();
            }

            return new HttpResponseMessage { Content = new StringContent(Responses.WithRequestId(ScriptedService.Ok)) };
        });
        using var transport = new ServiceTransport(() => new SharedHandler(handler), TimeProvider.System, TimeSpan.FromMinutes(1));
        using var sender = new OperationSender(new SenderOptions { OutageTimeout = TimeSpan.Zero, MaximumInFlight = 16 }, new StaticCredentialProvider(new Credential("id", "secret")), transport);
        using var run = new BindingRun(sender, new RunOptions { ThrottleLimit = 1 });
        for (var i = 0; i < 5; i++)
        {
            var row = BindingRow.Unbind(SyntheticNumbers.Iccid(i), SyntheticNumbers.Imei(i));
            entry = journal.Claim(row);
            run.Add(row, entry);
        }

        var results = await TakeAllAsync(run);

        Assert.Equal(2, sent);
        Assert.Equal([OutcomeStatus.Succeeded, OutcomeStatus.Succeeded, OutcomeStatus.Failed, OutcomeStatus.Failed, OutcomeStatus.Failed], results.Select(r => r.Outcome!.Status));
        Assert.Equal(JournalErrorCode.NotWritable, run.JournalFailure?.Code);
        Assert.Equal("job run intent outcome intent", Kinds());
    }

    [Fact]
    public async Task Rows_in_flight_together_share_their_flushes_and_none_is_lost()
    {
        using var handler = Answering(ScriptedService.Ok);
        var rows = Enumerable.Range(0, 500).Select(i => BindingRow.Unbind(SyntheticNumbers.Iccid(i), SyntheticNumbers.Imei(i))).ToArray();

        await RunAsync(handler, rows);

        var lines = (await ReadAsync()).TrimEnd('\n').Split('\n');
        Assert.Equal(1002, lines.Length);
        Assert.Equal(500, JournalReader.Read(File).Outcomes.Count(o => o.Status == OutcomeStatus.Succeeded));
    }

    [Fact]
    public async Task A_journal_gives_the_last_outcome_of_each_row_in_the_order_of_first_mention()
    {
        var other = BindingRow.Unbind("89860412345678901235", "490154203237519");
        await WriteAsync(Outcome(OutcomeStatus.Failed, "isv.SYSTEM_ERROR"), Outcome(OutcomeStatus.Succeeded, "OK") with { Row = other });
        await using (var journal = await Journal.OpenAsync(File, Job))
        {
            await journal.Claim(Row).RecordOutcomeAsync(Outcome(OutcomeStatus.Succeeded, "OK"));
        }

        Assert.Equal([Row, other], JournalReader.Read(File).Outcomes.Select(o => o.Row));
        Assert.All(JournalReader.Read(File).Outcomes, o => Assert.Equal(OutcomeStatus.Succeeded, o.Status));
    }

    private static StubHandler Answering(string body) => new(async (request, cancellationToken) =>
    {
        await request.Content!.ReadAsByteArrayAsync(cancellationToken);
        return new HttpResponseMessage { Content = new StringContent(Responses.WithRequestId(body), Encoding.UTF8) };
    });

    private static RowOutcome Outcome(OutcomeStatus status, string code) => new()
    {
        Row = Row,
        Status = status,
        Code = code,
        CompletedAt = new DateTimeOffset(2026, 11, 23, 8, 0, 0, 123, TimeSpan.Zero),
    };

    private static async Task<List<Row>> TakeAllAsync(BindingRun run)
    {
        var results = new List<Row>();
        while (!run.IsEmpty)
        {
            await run.WaitForNextAsync();
            while (run.TryDequeue(out var result))
            {
                results.Add(result);
            }
        }

        return results;
    }

    private Task RunAsync(HttpMessageHandler handler, params BindingRow[] rows) => RunAsync(handler, CancellationToken.None, rows);

    private async Task RunAsync(HttpMessageHandler handler, CancellationToken stop, params BindingRow[] rows)
    {
        using var transport = new ServiceTransport(() => new SharedHandler(handler), TimeProvider.System, TimeSpan.FromMinutes(1));
        var credential = new Credential("the-key-id", "the-secret", "the-token");
        using var sender = new OperationSender(new SenderOptions { OutageTimeout = TimeSpan.Zero, MaximumInFlight = 16 }, new StaticCredentialProvider(credential), transport);
        using var run = new BindingRun(sender, new RunOptions { ThrottleLimit = rows.Length > 10 ? 16 : 1 });
        await using var registration = stop.Register(() => run.Stop());
        await using var journal = await Journal.OpenAsync(File, Job);
        foreach (var row in rows)
        {
            run.Add(row, journal.Claim(row));
        }

        await TakeAllAsync(run);
    }

    private async Task WriteAsync(params RowOutcome[] outcomes)
    {
        await using var journal = await Journal.OpenAsync(File, Job);
        foreach (var outcome in outcomes)
        {
            await journal.Claim(outcome.Row).RecordOutcomeAsync(outcome);
        }
    }

    private Task<string> ReadAsync() => System.IO.File.ReadAllTextAsync(File, TestContext.Current.CancellationToken);

    /// <summary>The kinds of the file's lines, read while it is being written.</summary>
    private string Kinds()
    {
        // Other tools ignore locks; this reads as they do. .NET's own copy takes a lock, but not on Windows.
        var copy = File + ".copy";
        if (OperatingSystem.IsWindows())
        {
            System.IO.File.Copy(File, copy, overwrite: true);
        }
        else
        {
            using var process = System.Diagnostics.Process.Start("cp", [File, copy]);
            process.WaitForExit();
        }

        return string.Join(' ', System.IO.File.ReadAllLines(copy).Where(l => l.Trim().Length > 0).Select(l => JsonDocument.Parse(l).RootElement.GetProperty("kind").GetString()));
    }
}
