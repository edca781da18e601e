using System.Globalization;
using IotCard.Client.Rules;

namespace IotCard.Client.Queries;

/// <summary>Reads an event of the audit trail. Nothing that it may lack makes it unreadable.</summary>
internal static class AuditEventReader
{
    private static readonly string[] TimeFormats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz"];

    internal static AuditEvent Read(AuditFields fields)
    {
        var parameters = fields.Object("requestParameters");
        var written = fields.Object("requestParameterJson");
        var answer = fields.Object("responseElements");
        var identity = fields.Object("userIdentity");
        return new AuditEvent
        {
            EventId = fields.Text("eventId"),
            Time = ReadTime(fields.Text("eventTime")),
            RequestId = fields.Text("requestId"),
            Iccid = Parameter("Iccid"),
            Imei = Parameter("Imei"),
            NewImei = Parameter("NewImei"),
            OpionType = Parameter("OpionType"),
            RecordedNonce = Parameter("SignatureNonce"),
            ErrorCode = fields.Text("errorCode"),
            ErrorMessage = fields.Text("errorMessage"),
            AnswerCode = answer.Text("Code"),
            IsModSuccess = bool.TryParse(answer.Object("IotModBind").Text("IsModSuccess"), out var success) ? success : null,
            AccessKeyId = identity.Text("accessKeyId"),
            UserName = identity.Text("userName"),
            SourceAddress = fields.Text("sourceIpAddress"),
            UserAgent = fields.Text("userAgent"),
        };

        string? Parameter(string name) => parameters.Text(name) ?? written.Text(name);
    }

    private static DateTimeOffset? ReadTime(string? text) =>
        DateTimeOffset.TryParseExact(text, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;
}
