using System.Text.Json.Serialization;

namespace IotCard.Client.Journaling;

/// <summary>One line of a journal as it is read; docs/journal.md describes the members of each kind.</summary>
internal sealed class JournalLine
{
    public string? Kind { get; init; }

    public int? Format { get; init; }

    public string? Operation { get; init; }

    public string? Endpoint { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public string? Path { get; init; }

    public string? FileId { get; init; }

    public string? User { get; init; }

    public string? Machine { get; init; }

    public string? AccessKeyId { get; init; }

    public string? Hash { get; init; }

    public string? Iccid { get; init; }

    public string? Imei { get; init; }

    public string? NewImei { get; init; }

    /// <summary>The row's number among identical rows. A line without one gets it from <see cref="RowNumbering"/>.</summary>
    public int? Number { get; set; }

    public long? Row { get; init; }

    public string? Nonce { get; init; }

    public DateTimeOffset? Timestamp { get; init; }

    public long? ClockOffsetSeconds { get; init; }

    public string? Fingerprint { get; init; }

    public string? Outcome { get; init; }

    public string? Code { get; init; }

    public string? Reason { get; init; }

    public string? Message { get; init; }

    public string? RequestId { get; init; }

    public int? HttpStatus { get; init; }

    public int? Attempts { get; init; }

    public double? ElapsedMs { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    public string? Comment { get; init; }

    public DateTimeOffset? ResolvedAt { get; init; }

    public DateTimeOffset? RequestedAt { get; init; }

    public string? EventId { get; init; }

    public DateTimeOffset? EventTime { get; init; }

    public string? Finding { get; init; }

    public string? Fragment { get; init; }

    /// <summary>Where the damage is that a <c>torn</c> line tells of; null if it took the place of that damage.</summary>
    public long? Offset { get; init; }

    /// <summary>When the first of the lines was lost that a <c>gap</c> line tells of.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Whether it is the first of the lines that were forced to the disk together.</summary>
    public bool Flush { get; init; }

    [JsonIgnore]
    internal bool BelongsToRow => Kind is JournalFormat.IntentKind or JournalFormat.OutcomeKind or JournalFormat.ResolutionKind;

    [JsonIgnore]
    internal bool IsIntent => Kind == JournalFormat.IntentKind;
}
