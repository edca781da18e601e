using System.Text.Json.Serialization;

namespace IotCard.Client.Journaling;

/// <summary>
/// One line of a journal, as docs/journal.md describes it: a <c>job</c> first, then <c>intent</c> and <c>outcome</c>
/// lines in the order in which they came about. What a line does not need is left out of it.
/// </summary>
internal sealed class JournalLine
{
    internal const int CurrentFormat = 1;

    public required string Kind { get; init; }

    public int? Format { get; init; }

    public string? Operation { get; init; }

    public string? Endpoint { get; init; }

    public string? Iccid { get; init; }

    public string? Imei { get; init; }

    public string? NewImei { get; init; }

    public int? Number { get; init; }

    public string? Nonce { get; init; }

    public DateTimeOffset? Timestamp { get; init; }

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

    [JsonIgnore]
    internal bool IsJob => Kind == "job";

    [JsonIgnore]
    internal bool IsIntent => Kind == "intent";

    [JsonIgnore]
    internal bool IsOutcome => Kind == "outcome";
}
