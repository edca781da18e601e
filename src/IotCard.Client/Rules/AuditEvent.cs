using System.Text.RegularExpressions;

namespace IotCard.Client.Rules;

/// <summary>
/// An event of the account's audit trail, as far as it matters for an operation. What the event lacks is null; all text
/// is safe to show. Identifiers may be starred.
/// </summary>
internal sealed record AuditEvent
{
    private static readonly Regex NoncePattern = new(@"\(nonce (?<nonce>[0-9A-Za-z-]{1,64})\)", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>The event's id.</summary>
    internal string? EventId { get; init; }

    /// <summary>When the service handled the request, UTC.</summary>
    internal DateTimeOffset? Time { get; init; }

    /// <summary>The request's id, as in the response that may have been lost.</summary>
    internal string? RequestId { get; init; }

    internal string? Iccid { get; init; }

    internal string? Imei { get; init; }

    internal string? NewImei { get; init; }

    /// <summary>The operation on the wire: <c>chgBind</c> or <c>unBind</c>.</summary>
    internal string? OpionType { get; init; }

    /// <summary>The code of the failure; null if the event has none.</summary>
    internal string? ErrorCode { get; init; }

    internal string? ErrorMessage { get; init; }

    /// <summary>The <c>Code</c> of the recorded response; null if it is not recorded.</summary>
    internal string? AnswerCode { get; init; }

    /// <summary>The <c>IsModSuccess</c> of the recorded response; null if it is not recorded.</summary>
    internal bool? IsModSuccess { get; init; }

    /// <summary>The AccessKey that signed the request.</summary>
    internal string? AccessKeyId { get; init; }

    internal string? UserName { get; init; }

    internal string? SourceAddress { get; init; }

    internal string? UserAgent { get; init; }

    /// <summary>The nonce among the recorded parameters, where no published sample has one.</summary>
    internal string? RecordedNonce { get; init; }

    /// <summary>The nonce of the request, if it is recorded or its user agent names it, as those of this module do.</summary>
    internal string? Nonce =>
        RecordedNonce ?? (UserAgent is not null && NoncePattern.Match(UserAgent) is { Success: true } match ? match.Groups["nonce"].Value : null);
}
