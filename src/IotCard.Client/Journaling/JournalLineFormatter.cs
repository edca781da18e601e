using System.Text.Encodings.Web;
using System.Text.Json;
using IotCard.Client.Cards;
using IotCard.Client.Rules;

namespace IotCard.Client.Journaling;

/// <summary>
/// Writes the lines of a journal. What identifies a row comes first in a line, so that even a short piece of a torn
/// line identifies it as far as possible.
/// </summary>
internal static class JournalLineFormatter
{
    /// <summary>The maximum length of an outcome's line, which is the room reserved for it. Longer texts are truncated.</summary>
    internal const int MaximumOutcomeLength = 1024;

    private const int MaximumCommentLength = 4096;

    private static readonly int[] TextLimits = [int.MaxValue, 200, 24];

    // Text of any script is not escaped, so that a person can read the file.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [ThreadStatic]
    private static MemoryStream? _buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? _json;

    internal static byte[] Job(JournalJob job)
    {
        var json = Begin();
        json.WriteString("kind"u8, JournalFormat.JobKind);
        json.WriteNumber("format"u8, JournalFormat.Current);
        json.WriteString("operation"u8, job.Operation.ToString());
        json.WriteString("endpoint"u8, job.Endpoint.GetLeftPart(UriPartial.Authority));
        return End(json);
    }

    internal static byte[] Run(DateTimeOffset startedAt, string path, string? fileId, JournalCaller? caller)
    {
        var json = Begin();
        json.WriteString("kind"u8, JournalFormat.RunKind);
        json.WriteString("startedAt"u8, startedAt);
        json.WriteString("path"u8, path);
        WriteText(json, "fileId"u8, fileId);
        WriteText(json, "user"u8, caller?.User);
        WriteText(json, "machine"u8, caller?.Machine);
        WriteText(json, "accessKeyId"u8, caller?.AccessKeyId);
        return End(json);
    }

    internal static byte[] List(string hash)
    {
        var json = Begin();
        json.WriteString("kind"u8, JournalFormat.ListKind);
        json.WriteString("hash"u8, hash);
        return End(json);
    }

    internal static byte[] Torn(TornLine torn)
    {
        var json = Begin();
        json.WriteString("kind"u8, JournalFormat.TornKind);
        if (torn.IsHole)
        {
            json.WriteNumber("offset"u8, torn.Offset);
        }

        json.WriteString("fragment"u8, torn.Fragment);
        return End(json);
    }

    internal static byte[] Gap(DateTimeOffset since, string reason)
    {
        var json = Begin();
        json.WriteString("kind"u8, JournalFormat.GapKind);
        json.WriteString("since"u8, since);
        WriteText(json, "reason"u8, Shorten(reason, TextLimits[1]));
        return End(json);
    }

    internal static byte[] Intent(BindingRow row, int? number, RecordedIntent intent)
    {
        var json = BeginOfRow(JournalFormat.IntentKind, row, number);
        json.WriteString("nonce"u8, intent.Nonce);
        json.WriteString("timestamp"u8, intent.Timestamp);
        if (intent.ClockOffset != TimeSpan.Zero)
        {
            json.WriteNumber("clockOffsetSeconds"u8, (long)intent.ClockOffset.TotalSeconds);
        }

        json.WriteString("fingerprint"u8, intent.Fingerprint);
        return End(json);
    }

    internal static byte[] Outcome(RowOutcome outcome, BindingRow row, int? number)
    {
        byte[] line = [];
        foreach (var limit in TextLimits)
        {
            line = Outcome(outcome, row, number, limit);
            if (line.Length <= MaximumOutcomeLength - LineChecksum.MarkLength)
            {
                break;
            }
        }

        return line;
    }

    /// <summary>A resolution, with what the request had been that it settles.</summary>
    internal static byte[] Resolution(BindingRow row, int number, RowOutcome resolved)
    {
        var resolution = resolved.Resolution!;
        var json = BeginOfRow(JournalFormat.ResolutionKind, row, number);
        json.WriteString("outcome"u8, resolution.Status.ToString());
        WriteText(json, "comment"u8, Shorten(resolution.Comment, MaximumCommentLength));
        if (resolution.Evidence is { } evidence)
        {
            json.WriteString("eventId"u8, evidence.EventId);
            json.WriteString("eventTime"u8, evidence.EventTime);
            json.WriteString("finding"u8, evidence.Finding);
        }

        json.WriteString("resolvedAt"u8, resolution.ResolvedAt);
        WriteRequest(json, resolved, int.MaxValue);
        if (resolution.RequestedAt is { } requestedAt)
        {
            json.WriteString("requestedAt"u8, requestedAt);
        }

        return End(json);
    }

    private static byte[] Outcome(RowOutcome outcome, BindingRow row, int? number, int limit)
    {
        var json = BeginOfRow(JournalFormat.OutcomeKind, row, number);
        json.WriteString("outcome"u8, outcome.Status.ToString());
        json.WriteString("code"u8, Shorten(outcome.Code, limit));
        WriteText(json, "reason"u8, Shorten(outcome.Reason, limit));
        WriteText(json, "message"u8, Shorten(outcome.Message, limit));
        WriteRequest(json, outcome, limit);
        json.WriteString("completedAt"u8, outcome.CompletedAt);
        return End(json);
    }

    private static void WriteRequest(Utf8JsonWriter json, RowOutcome outcome, int limit)
    {
        WriteText(json, "requestId"u8, Shorten(outcome.RequestId, limit));
        if (outcome.HttpStatus is { } status)
        {
            json.WriteNumber("httpStatus"u8, status);
        }

        json.WriteNumber("attempts"u8, outcome.Attempts);
        json.WriteNumber("elapsedMs"u8, Math.Round(outcome.Elapsed.TotalMilliseconds, 3));
    }

    private static Utf8JsonWriter Begin()
    {
        var buffer = _buffer ??= new MemoryStream(MaximumOutcomeLength);
        var json = _json ??= new Utf8JsonWriter(buffer, Options);
        buffer.SetLength(0);
        json.Reset(buffer);
        json.WriteStartObject();
        return json;
    }

    private static Utf8JsonWriter BeginOfRow(string kind, BindingRow row, int? number)
    {
        var json = Begin();
        json.WriteString("iccid"u8, row.Iccid);
        json.WriteString("imei"u8, row.Imei);
        WriteText(json, "newImei"u8, row.NewImei);
        if (number is { } among)
        {
            json.WriteNumber("number"u8, among);
        }

        if (row.RowNumber > 0)
        {
            json.WriteNumber("row"u8, row.RowNumber);
        }

        json.WriteString("kind"u8, kind);

        return json;
    }

    private static byte[] End(Utf8JsonWriter json)
    {
        json.WriteEndObject();
        json.Flush();
        var buffer = _buffer!;
        return LineChecksum.Seal(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    private static void WriteText(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }

    private static string? Shorten(string? text, int limit) => text is null || text.Length <= limit ? text : text[..limit] + "…";
}
