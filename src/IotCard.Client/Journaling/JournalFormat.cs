using System.Text.Encodings.Web;
using System.Text.Json;
using IotCard.Client.Cards;
using IotCard.Client.Sending;

namespace IotCard.Client.Journaling;

/// <summary>Writes and reads the lines of a journal.</summary>
internal static class JournalFormat
{
    // Words of any script as they are, so that a person can read the file.
    private static readonly JournalJsonContext Json = new(new JsonSerializerOptions(JournalJsonContext.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    internal static byte[] ToBytes(JournalLine line)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(line, Json.JournalLine);
        Array.Resize(ref json, json.Length + 1);
        json[^1] = (byte)'\n';
        return json;
    }

    /// <summary>Reads a line; null where it is none.</summary>
    internal static JournalLine? TryRead(ReadOnlySpan<byte> line)
    {
        try
        {
            var read = JsonSerializer.Deserialize(line, Json.JournalLine);
            return read is null || !IsComplete(read) ? null : read;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Whether these bytes, which no line feed ends, may be what there is of a torn first line; none at all may.</summary>
    internal static bool BeginsJob(ReadOnlySpan<byte> bytes)
    {
        var begin = "{\"kind\":\"job\",\"format\":"u8;
        return bytes.Length < begin.Length ? begin.StartsWith(bytes) : bytes.StartsWith(begin);
    }

    internal static JournalLine Job(JournalJob job) => new()
    {
        Kind = "job",
        Format = JournalLine.CurrentFormat,
        Operation = job.Operation.ToString(),
        Endpoint = job.Endpoint.GetLeftPart(UriPartial.Authority),
    };

    internal static JournalLine Intent(BindingRow row, int number, RecordedIntent intent) => new()
    {
        Kind = "intent",
        Iccid = row.Iccid,
        Imei = row.Imei,
        NewImei = row.NewImei,
        Number = number,
        Nonce = intent.Nonce,
        Timestamp = intent.Timestamp,
        Fingerprint = intent.Fingerprint,
    };

    internal static JournalLine Outcome(RowOutcome outcome, int number) => new()
    {
        Kind = "outcome",
        Iccid = outcome.Row.Iccid,
        Imei = outcome.Row.Imei,
        NewImei = outcome.Row.NewImei,
        Number = number,
        Outcome = outcome.Verdict.ToString(),
        Code = outcome.Code,
        Reason = outcome.Reason,
        Message = outcome.Message,
        RequestId = outcome.RequestId,
        HttpStatus = outcome.HttpStatus,
        Attempts = outcome.Attempts,
        ElapsedMs = Math.Round(outcome.Elapsed.TotalMilliseconds, 3),
        CompletedAt = outcome.CompletedAt,
    };

    internal static BindingRow RowOf(JournalLine line, BindingOperation operation) =>
        new(operation, line.Iccid!, line.Imei!, line.NewImei);

    internal static RecordedIntent IntentOf(JournalLine line) => new(line.Nonce!, line.Timestamp!.Value, line.Fingerprint!);

    internal static RowOutcome OutcomeOf(JournalLine line, BindingOperation operation) => new()
    {
        Row = RowOf(line, operation),
        Verdict = (Verdict)Enum.Parse(typeof(Verdict), line.Outcome!),
        Code = line.Code!,
        Reason = line.Reason,
        Message = line.Message,
        RequestId = line.RequestId,
        HttpStatus = line.HttpStatus,
        Attempts = line.Attempts ?? 0,
        Elapsed = TimeSpan.FromTicks((long)Math.Round((line.ElapsedMs ?? 0) * TimeSpan.TicksPerMillisecond)),
        CompletedAt = line.CompletedAt!.Value,
    };

    /// <summary>A line that lacks what its kind needs is as damaged as one that is no JSON.</summary>
    private static bool IsComplete(JournalLine line) => line.Kind switch
    {
        "job" => line is { Format: not null, Operation: "Rebind" or "Unbind", Endpoint: not null },
        "intent" => HasRow(line) && line is { Nonce.Length: > 0, Timestamp: not null, Fingerprint: not null },
        "outcome" => HasRow(line) && line is
        {
            Outcome: nameof(Verdict.Succeeded) or nameof(Verdict.Failed) or nameof(Verdict.Unknown),
            Code: not null,
            CompletedAt: not null,
            ElapsedMs: null or (>= 0 and < 1e12),
        },
        _ => false,
    };

    private static bool HasRow(JournalLine line) => line is { Iccid.Length: > 0, Imei.Length: > 0, Number: > 0 };
}
