using IotCard.Client.Journaling;
using IotCard.Client.Rules;

namespace IotCard.Client.Settling;

/// <summary>The rows of a journal that the audit trail is to settle: when to look, for what time, and what follows.</summary>
internal sealed class AuditJob
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _clock;
    private readonly IReadOnlyList<RowOutcome> _outcomes;

    private AuditJob(IReadOnlyList<UnknownRow> rows, IReadOnlyList<RowOutcome> outcomes, TimeProvider clock)
    {
        Rows = rows;
        _outcomes = outcomes;
        _clock = clock;
    }

    /// <summary>The rows whose outcome is Unknown.</summary>
    internal IReadOnlyList<UnknownRow> Rows { get; }

    /// <summary>When the events of all rows must be there, by this machine's clock.</summary>
    internal DateTimeOffset ReadyAt => Rows.Select(ReadyAtOf).DefaultIfEmpty(DateTimeOffset.MinValue).Max();

    /// <summary>How long until then; not positive if it is over.</summary>
    internal TimeSpan ReadyIn => ReadyAt - _clock.GetUtcNow();

    /// <summary>The time to look up: that in which the gateway accepts the requests; null if there is nothing to find.</summary>
    internal (DateTimeOffset Start, DateTimeOffset End)? Span
    {
        get
        {
            var now = _clock.GetUtcNow();
            var sent = Rows.SelectMany(static row => row.Intents).Where(intent => !IsTooOld(intent, now)).Select(static intent => intent.Timestamp).ToList();
            if (sent.Count == 0)
            {
                return null;
            }

            var (start, end) = (sent.Min() - AuditRules.Window - Second, sent.Max() + AuditRules.Window + Second);
            var earliest = now - AuditRules.Retention + TimeSpan.FromMinutes(1);
            return (start < earliest ? earliest : start, end > now ? now : end);
        }
    }

    /// <summary>Reads a journal.</summary>
    /// <exception cref="JournalException">The file is not a journal.</exception>
    internal static AuditJob Read(string path, TimeProvider clock) =>
        new(JournalResolver.FindUnknown(path, clock), JournalReader.Read(path).Outcomes, clock);

    /// <summary>
    /// Whether a request of this job that was answered is among the events. If one is not, the lookup went to another
    /// account or region, or such requests are not recorded: then no event proves nothing at all.
    /// </summary>
    /// <returns>Null if the job has no such request within the time that was looked up, whose event must be there by now.</returns>
    internal bool? IsKnownTo(IReadOnlyList<AuditEvent> events)
    {
        if (Span is not { } span)
        {
            return null;
        }

        var latest = _clock.GetUtcNow() - AuditRules.Delay;
        var answered = new HashSet<string>(
            _outcomes
                .Where(outcome => outcome.RequestId is not null && outcome.IsFromService
                    && outcome.CompletedAt >= span.Start && outcome.CompletedAt <= span.End && outcome.CompletedAt <= latest)
                .Select(static outcome => outcome.RequestId!),
            StringComparer.OrdinalIgnoreCase);
        return answered.Count == 0 ? null : events.Any(e => e.RequestId is not null && answered.Contains(e.RequestId));
    }

    /// <summary>Decides about each row.</summary>
    /// <param name="events">The events of the time to look up.</param>
    /// <param name="accessKeyId">The AccessKey of the lookup, which is taken to be that of the run; null if unknown.</param>
    internal IReadOnlyList<SettledRow> Conclude(IReadOnlyList<AuditEvent> events, string? accessKeyId)
    {
        var now = _clock.GetUtcNow();
        return [.. Rows.Select(row => new SettledRow(row, Conclude(row, events, accessKeyId, now)))];
    }

    private static DateTimeOffset ReadyAtOf(UnknownRow row) => row.Outcome.CompletedAt + AuditRules.Delay + (row.HasOpenIntent ? DoubtRules.SafeAge : TimeSpan.Zero);

    private static bool IsTooOld(RecordedIntent intent, DateTimeOffset now) => now - intent.Timestamp > AuditRules.Retention - AuditRules.Window;

    private AuditConclusion Conclude(UnknownRow row, IReadOnlyList<AuditEvent> events, string? accessKeyId, DateTimeOffset now)
    {
        if (row.IsUnderWay)
        {
            return new AuditConclusion(AuditFinding.TooEarly);
        }

        if (row.Intents.Count > 0 && row.Intents.All(intent => IsTooOld(intent, now)))
        {
            return new AuditConclusion(AuditFinding.TooOld);
        }

        var outcome = row.Outcome;
        return AuditRules.Conclude(
            new AuditSubject(outcome.Row, row.Intents)
            {
                // A row that was resumed, or whose nonce had arrived before, was sent by another run too.
                MaximumSendings = row.Intents.Count == 1 && outcome is { Attempts: > 0, Reason: not (null or OutcomeCode.Interrupted or "SignatureNonceUsed") }
                    ? outcome.Attempts
                    : null,
                SameRows = _outcomes.Count(other => other.Row.Iccid == outcome.Row.Iccid && other.Row.Imei == outcome.Row.Imei && other.Row.NewImei == outcome.Row.NewImei),
                IsComplete = now >= ReadyAtOf(row),
            },
            events,
            accessKeyId);
    }
}
