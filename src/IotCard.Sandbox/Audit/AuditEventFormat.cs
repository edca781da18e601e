using System.Globalization;
using IotCard.Sandbox.Gateway;
using IotCard.Sandbox.Wire;

namespace IotCard.Sandbox.Audit;

/// <summary>Writes an event as <c>LookupEvents</c> returns it. What is undocumented for this product is as in samples of others.</summary>
internal sealed class AuditEventFormat(AuditTrailOptions options)
{
    public const string ServiceName = "Dyiotapi";
    public const string UserName = "sandbox-user";
    public const string SourceAddress = "127.0.0.1";

    private const string AccountId = "1000000000000001";
    private const string Region = "cn-hangzhou";
    private const int TruncatedLength = 32;

    private static readonly string[] OwnParameters = ["Iccid", "Imei", "NewImei", "OpionType", "MidChannelId"];

    public ResponseField[] Write(AuditRecord record)
    {
        List<ResponseField> fields =
        [
            new("eventId", record.EventId),
            new("eventVersion", options.NumericVersion ? 1L : "1"),
            new("eventTime", LookupQuery.Format(record.Time)),
            new("eventType", "ApiCall"),
            new("eventName", ActionCatalog.BindingAction),
            new("eventCategory", "Management"),
            new("eventRW", "Write"),
            new("eventSource", record.Host),
            new("serviceName", ServiceName),
            new("apiVersion", "2017-11-11"),
            new("acsRegion", Region),
            new("isGlobal", true),
            new("requestId", record.EventId),
            new("requestParameters", Parameters(record)),
            new("sourceIpAddress", SourceAddress),
            new("recipientAccountId", AccountId),
            new("userIdentity", Identity(record)),
        ];
        if (UserAgentOf(record) is { } agent)
        {
            fields.Add(new ResponseField("userAgent", agent));
        }

        if (record.Error is { } code && (options.RecordsFailureCodes || !record.IsFromService))
        {
            fields.Add(new ResponseField("errorCode", code));
            fields.Add(new ResponseField("errorMessage", record.Response.Message ?? ""));
        }

        if (options.Response is not RecordedResponse.Absent)
        {
            fields.Add(new ResponseField("responseElements", Response(record)));
        }

        return options.PascalCaseNames
            ? [.. fields.Select(field => field with { Name = char.ToUpperInvariant(field.Name[0]) + field.Name[1..] })]
            : [.. fields];
    }

    private ResponseField[] Parameters(AuditRecord record)
    {
        List<ResponseField> fields =
        [
            new("AcsHost", record.Host),
            new("AcsProduct", ServiceName),
            new("RequestId", record.EventId),
        ];
        if (options.Parameters is not RecordedParameters.Absent)
        {
            foreach (var name in OwnParameters)
            {
                if (record.Request[name] is { } value)
                {
                    fields.Add(new ResponseField(name, Recorded(name, value)));
                }
            }
        }

        if (options.RecordsNonce && record.Nonce is { } nonce)
        {
            fields.Add(new ResponseField("SignatureNonce", nonce));
        }

        return [.. fields];
    }

    private object Recorded(string name, string value) => options.Parameters switch
    {
        RecordedParameters.Starred when name is not "OpionType" && value.Length > 6 => $"{value[..4]}{new string('*', value.Length - 6)}{value[^2..]}",
        RecordedParameters.Numbers when value.All(char.IsAsciiDigit) && value[0] is not '0' && value.Length <= 28 => decimal.Parse(value, CultureInfo.InvariantCulture),
        _ => value,
    };

    private ResponseField[] Response(AuditRecord record)
    {
        List<ResponseField> fields = [new("RequestId", record.EventId)];
        if (options.Response is RecordedResponse.Full)
        {
            fields.Add(new ResponseField("Code", record.Response.Code));
            fields.Add(new ResponseField("Message", record.Response.Message ?? ""));
            if (record.Response.Payload is { } payload)
            {
                fields.Add(payload);
            }
        }

        return [.. fields];
    }

    private static ResponseField[] Identity(AuditRecord record) =>
    [
        new("type", record.IsTemporaryKey ? "assumed-role" : "ram-user"),
        new("accountId", AccountId),
        new("principalId", "200000000000000001"),
        new("userName", UserName),
        new("accessKeyId", record.AccessKey.Id),
    ];

    private string? UserAgentOf(AuditRecord record) => (options.UserAgent, record.UserAgent) switch
    {
        (RecordedUserAgent.Absent, _) => null,
        (RecordedUserAgent.Truncated, { Length: > TruncatedLength } agent) => agent[..TruncatedLength],
        (_, var agent) => agent,
    };
}
