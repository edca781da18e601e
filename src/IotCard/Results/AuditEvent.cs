using System.Management.Automation;
using IotCard.Client.Rules;
using IotCard.Client.Sanitizing;
using IotCard.Client.Signing;

namespace IotCard;

/// <summary>An operation as the account's audit trail records it. What the event does not have is null.</summary>
public sealed class AuditEvent
{
    private readonly DateTimeOffset? _time;

    internal AuditEvent(Client.Rules.AuditEvent recorded)
    {
        _time = recorded.Time;
        Operation = recorded.OpionType switch
        {
            "chgBind" => "Rebind",
            "unBind" => "Unbind",
            var other => SafeText.CleanCell(other),
        };
        Iccid = SafeText.CleanCell(recorded.Iccid);
        Imei = SafeText.CleanCell(recorded.Imei);
        NewImei = SafeText.CleanCell(recorded.NewImei);
        ErrorCode = string.IsNullOrEmpty(recorded.ErrorCode) ? null : SafeText.CleanCell(recorded.ErrorCode);
        ErrorMessage = string.IsNullOrEmpty(recorded.ErrorMessage) ? null : SafeText.CleanCell(recorded.ErrorMessage);
        ResponseCode = SafeText.CleanCell(recorded.AnswerCode);
        IsModSuccess = recorded.IsModSuccess;
        Proves = AuditRules.VerdictOf(recorded).ToString();
        AccessKeyId = recorded.AccessKeyId is { } id ? SafeText.CleanCell(Credential.Mask(id)) : null;
        UserName = SafeText.CleanCell(recorded.UserName);
        SourceAddress = SafeText.CleanCell(recorded.SourceAddress);
        UserAgent = SafeText.CleanCell(recorded.UserAgent);
        Nonce = SafeText.CleanCell(recorded.Nonce);
        RequestId = SafeText.CleanCell(recorded.RequestId);
        EventId = SafeText.CleanCell(recorded.EventId);
    }

    /// <summary>When the service handled the request: a <see cref="DateTime"/> in UTC.</summary>
    public PSObject? Time => _time is { } time ? PortableValue.Time(time) : null;

    /// <summary>The operation: <c>Rebind</c> or <c>Unbind</c>.</summary>
    public string? Operation { get; }

    /// <summary>The card; it may be starred, as the other identifiers.</summary>
    public string? Iccid { get; }

    /// <summary>The IMEI that the card was bound to according to the request.</summary>
    public string? Imei { get; }

    /// <summary>The IMEI that the card was to be bound to; null for an unbind.</summary>
    public string? NewImei { get; }

    /// <summary>The code of the failure; null if none is recorded, which is no proof of a success.</summary>
    public string? ErrorCode { get; }

    /// <summary>The description of the failure.</summary>
    public string? ErrorMessage { get; }

    /// <summary>The <c>Code</c> of the recorded response; null if it is not recorded.</summary>
    public string? ResponseCode { get; }

    /// <summary>The <c>IsModSuccess</c> of the recorded response; null if it is not recorded.</summary>
    public bool? IsModSuccess { get; }

    /// <summary>
    /// What the event says about its request: <c>Executed</c>, <c>NotExecuted</c>, <c>Refused</c> (by the gateway, this
    /// time), <c>Repeated</c> (the same request had arrived before) or <c>Unclear</c>.
    /// </summary>
    public string Proves { get; }

    /// <summary>The AccessKey ID that signed the request, its middle masked.</summary>
    public string? AccessKeyId { get; }

    /// <summary>The name of the key's user.</summary>
    public string? UserName { get; }

    /// <summary>The address that the request came from.</summary>
    public string? SourceAddress { get; }

    /// <summary>The program that sent the request.</summary>
    public string? UserAgent { get; }

    /// <summary>The request's nonce, if its user agent names one, as that of this module does.</summary>
    public string? Nonce { get; }

    /// <summary>The request's id, as in its response.</summary>
    public string? RequestId { get; }

    /// <summary>The event's id.</summary>
    public string? EventId { get; }

    /// <summary>The card, the operation and what the event says.</summary>
    /// <returns>Such as <c>89860… Unbind Executed</c>.</returns>
    public override string ToString() => $"{Iccid} {Operation} {Proves}";
}
