using IotCard.Client.Cards;
using IotCard.Client.Journaling;
using IotCard.Client.Rules;
using IotCard.Client.Settling;
using IotCard.Client.Tests.Journaling;
using Microsoft.Extensions.Time.Testing;

namespace IotCard.Client.Tests.Settling;

/// <summary>When the audit trail is looked up, and that waiting for it ends when it should, and loses nothing.</summary>
public sealed class AuditSettlerTests : IDisposable
{
    private static readonly DateTimeOffset Sent = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);
    private static readonly BindingRow Row = JournalSamples.Row(1);

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(Sent);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<DateTimeOffset> _lookups = [];

    public void Dispose()
    {
        _folder.Dispose();
        _stop.Dispose();
    }

    private AuditSettler Settler => new(_folder.Journal, _clock);

    [Fact]
    public async Task A_command_that_waits_looks_again_once_ten_minutes_are_over()
    {
        await WriteAsync();

        var rows = Settler.Settle(Settler.Read(), LookUp, job =>
        {
            var wait = Settler.WaitAsync(job, _stop.Token);
            Assert.Equal(TimeSpan.FromMinutes(10), job.ReadyIn);
            Pass(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1));
            Assert.False(wait.IsCompleted);
            Assert.Equal(TimeSpan.FromSeconds(1), job.ReadyIn);
            Pass(TimeSpan.FromSeconds(1));
            wait.GetAwaiter().GetResult();
        });

        Assert.Equal([Sent, Sent.AddMinutes(10)], _lookups);
        Assert.Equal(AuditFinding.NoEvent, Assert.Single(rows).Conclusion.Finding);
    }

    [Fact]
    public async Task One_that_does_not_wait_looks_once()
    {
        await WriteAsync();

        var rows = Settler.Settle(Settler.Read(), LookUp, wait: null);

        Assert.Equal([Sent], _lookups);
        Assert.True(Assert.Single(rows).IsTooEarly);
    }

    [Fact]
    public async Task Nobody_waits_for_what_is_known_already()
    {
        await WriteAsync();
        _clock.Advance(TimeSpan.FromMinutes(10));

        Settler.Settle(Settler.Read(), LookUp, static _ => Assert.Fail("waited"));

        Assert.Single(_lookups);
    }

    [Fact]
    public async Task A_row_that_a_person_settles_during_the_wait_is_left_alone()
    {
        await WriteAsync();

        var rows = Settler.Settle(Settler.Read(), LookUp, _ => JournalSamples.ResolveAsync(_folder.Journal, Row.Iccid, null, OutcomeStatus.Failed, null, _clock).GetAwaiter().GetResult());

        Assert.Empty(rows);
    }

    [Fact]
    public async Task A_stop_ends_the_wait_at_once_and_changes_nothing()
    {
        await WriteAsync();
        var before = await File.ReadAllBytesAsync(_folder.Journal, TestContext.Current.CancellationToken);
        var wait = Settler.WaitAsync(Settler.Read(), _stop.Token);

        await _stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
        Assert.Equal(before, await File.ReadAllBytesAsync(_folder.Journal, TestContext.Current.CancellationToken));
    }

    /// <summary>A lookup that finds nothing.</summary>
    private IReadOnlyList<SettledRow> LookUp(AuditJob job)
    {
        _lookups.Add(_clock.GetUtcNow());
        return job.Conclude([], accessKeyId: null);
    }

    /// <summary>Lets time pass second by second, as the wait's timers see it.</summary>
    private void Pass(TimeSpan time)
    {
        for (var second = 0; second < time.TotalSeconds; second++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
        }
    }

    private async Task WriteAsync()
    {
        await using var journal = await Journal.OpenAsync(_folder.Journal, JournalSamples.Job, _clock);
        var entry = journal.Claim(Row);
        await JournalSamples.RecordIntentAsync(entry, Row);
        await entry.RecordOutcomeAsync(JournalSamples.Outcome(Row, OutcomeStatus.Unknown) with { CompletedAt = Sent });
    }
}
