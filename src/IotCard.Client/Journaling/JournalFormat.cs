using System.Text.Json;
using IotCard.Client.Cards;
using IotCard.Client.Rules;

namespace IotCard.Client.Journaling;

/// <summary>The meaning of a journal's lines. <see cref="JournalLineFormatter"/> writes them.</summary>
internal static class JournalFormat
{
    internal const int Current = 1;

    internal const string JobKind = "job";
    internal const string RunKind = "run";
    internal const string ListKind = "list";
    internal const string IntentKind = "intent";
    internal const string OutcomeKind = "outcome";
    internal const string ResolutionKind = "resolution";
    internal const string TornKind = "torn";
    internal const string GapKind = "gap";

    /// <summary>Reads a line; null if it is not one, or lacks what its kind requires.</summary>
    internal static JournalLine? TryRead(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return LineChecksum.IsIntact(bytes) && JsonSerializer.Deserialize(bytes, JournalJsonContext.Default.JournalLine) is { } line && IsComplete(line) ? line : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Whether bytes without a line feed may be a torn first line; no bytes at all may be one.</summary>
    internal static bool BeginsJob(ReadOnlySpan<byte> bytes)
    {
        var begin = "{\"kind\":\"job\",\"format\":"u8;
        return bytes.Length < begin.Length ? begin.StartsWith(bytes) : bytes.StartsWith(begin);
    }

    internal static JournalJob? JobOf(JournalLine line) =>
        line is { Kind: JobKind, Format: Current } && Uri.TryCreate(line.Endpoint, UriKind.Absolute, out var endpoint)
            ? new JournalJob((BindingOperation)Enum.Parse(typeof(BindingOperation), line.Operation!), endpoint)
            : null;

    internal static BindingRow RowOf(JournalLine line, BindingOperation operation) =>
        new(operation, line.Iccid!, line.Imei!, line.NewImei) { RowNumber = line.Row ?? 0 };

    internal static RecordedIntent IntentOf(JournalLine line) =>
        new(line.Nonce!, line.Timestamp!.Value, line.Fingerprint!)
        {
            ClockOffset = line.ClockOffsetSeconds is > -100_000 and < 100_000 ? TimeSpan.FromSeconds(line.ClockOffsetSeconds.Value) : TimeSpan.Zero,
        };

    /// <summary>The outcome that a row's line states; for an intent, Unknown.</summary>
    internal static RowOutcome OutcomeOf(JournalLine line, BindingOperation operation)
    {
        var row = RowOf(line, operation);
        return line.Kind switch
        {
            IntentKind => Interrupted(row, line.Timestamp!.Value),
            ResolutionKind => new RowOutcome
            {
                Row = row,
                Status = StatusOf(line),
                Code = OutcomeCode.Resolved,
                Message = line.Comment,
                RequestId = line.RequestId,
                HttpStatus = line.HttpStatus,
                Attempts = line.Attempts ?? 0,
                Elapsed = ElapsedOf(line),
                CompletedAt = line.ResolvedAt!.Value,
                Resolution = ResolutionOf(line),
            },
            _ => new RowOutcome
            {
                Row = row,
                Status = StatusOf(line),
                Code = line.Code!,
                Reason = line.Reason,
                Message = line.Message,
                RequestId = line.RequestId,
                HttpStatus = line.HttpStatus,
                Attempts = line.Attempts ?? 0,
                Elapsed = ElapsedOf(line),
                CompletedAt = line.CompletedAt!.Value,
            },
        };
    }

    /// <summary>The outcome of a row whose request was in flight when a run ended.</summary>
    internal static RowOutcome Interrupted(BindingRow row, DateTimeOffset at) =>
        RowOutcome.Unknown(row, OutcomeCode.Interrupted) with { CompletedAt = at };

    private static TimeSpan ElapsedOf(JournalLine line) =>
        TimeSpan.FromTicks((long)Math.Round((line.ElapsedMs ?? 0) * TimeSpan.TicksPerMillisecond));

    private static RowResolution ResolutionOf(JournalLine line) => new()
    {
        Status = StatusOf(line),
        ResolvedAt = line.ResolvedAt!.Value,
        Comment = line.Comment,
        Evidence = line is { EventId: { } id, EventTime: { } time, Finding: { } finding } ? new AuditEvidence(id, time, finding) : null,
        RequestedAt = line.RequestedAt,
    };

    internal static OutcomeStatus StatusOf(JournalLine line) => (OutcomeStatus)Enum.Parse(typeof(OutcomeStatus), line.Outcome!);

    private static bool IsComplete(JournalLine line) => line.Kind switch
    {
        JobKind => line is { Format: not null, Operation: nameof(BindingOperation.Rebind) or nameof(BindingOperation.Unbind), Endpoint: not null },
        RunKind => line is { StartedAt: not null },
        ListKind => line is { Hash: not null },
        IntentKind => HasRow(line) && line is { Nonce.Length: > 0, Timestamp: not null, Fingerprint: not null },
        OutcomeKind => HasRow(line) && line is
        {
            Outcome: nameof(OutcomeStatus.Succeeded) or nameof(OutcomeStatus.Failed) or nameof(OutcomeStatus.Unknown),
            Code: not null,
            CompletedAt: not null,
        },
        ResolutionKind => HasRow(line) && line is
        {
            Outcome: nameof(OutcomeStatus.Succeeded) or nameof(OutcomeStatus.Failed),
            ResolvedAt: not null,
        },
        TornKind => line is { Fragment: not null },
        GapKind => line is { Since: not null },
        _ => false,
    };

    private static bool HasRow(JournalLine line) =>
        line is { Iccid.Length: > 0, Imei.Length: > 0, ElapsedMs: null or (>= 0 and < 1e12) } and ({ Number: > 0 } or { Number: null, Row: > 0 });
}
