using System.Globalization;
using IotCard.Sandbox.Cards;
using IotCard.Sandbox.Gateway;
using IotCard.Sandbox.Wire;

namespace IotCard.Sandbox.Service;

/// <summary>
/// <c>GetCardDetail</c> of the successor product. Its error codes are not documented: the sandbox uses those of the
/// card product, with HTTP 200 and <c>Success</c> false.
/// </summary>
internal sealed class CardDetails(Fleet fleet, ServiceBehavior behavior)
{
    private const string Success = "200";

    public SandboxResponse Describe(Call call, Guid requestId)
    {
        var destroyed = call["DestroyCard"] switch
        {
            null or "false" => false,
            "true" => true,
            _ => (bool?)null,
        };
        if (call["Iccid"] is not { } iccid)
        {
            return behavior.NamesMissingParameters
                ? GatewayRefusal.Missing("Iccid").ToResponse(requestId, call.Host, call.AsXml)
                : Failed(call, requestId, ServiceError.InvalidParameters, "Iccid cannot be empty.");
        }

        if (destroyed is null)
        {
            return Failed(call, requestId, ServiceError.InvalidParameters, "DestroyCard is true or false.");
        }

        if (destroyed.Value && behavior.ClosedCardsNeedInstanceId && call["InstanceId"] is null)
        {
            return Failed(call, requestId, ServiceError.InvalidParameters, "InstanceId cannot be empty.");
        }

        var card = fleet.Find(iccid);
        if (card is { Closed: true } && !destroyed.Value)
        {
            return RefuseClosed(call, requestId);
        }

        return card is not null && card.Closed == destroyed && IsInstance(card, call["InstanceId"])
            ? Succeeded(call, requestId, card)
            : Failed(call, requestId, ServiceError.CardNotFound, ServiceError.CardNotFound.Meaning);
    }

    private SandboxResponse RefuseClosed(Call call, Guid requestId)
    {
        return behavior.ClosedCard switch
        {
            ClosedCardRefusal.CardDestroy => Refused("linkcard.common.CardDestroy", "The card is destroyed."),
            ClosedCardRefusal.CardNotExist => Refused("linkcard.common.CardNotExist", "The card does not exist."),
            ClosedCardRefusal.IccidCanNotEmpty => Refused("linkcard.check.IccidCanNotEmpty", "Iccid cannot be empty."),
            ClosedCardRefusal.NotSuccessful => Failed(call, requestId, ServiceError.SystemError with { Code = "500" }, "The card is destroyed."),
            _ => Failed(call, requestId, ServiceError.CardNotFound, ServiceError.CardNotFound.Meaning),
        };

        SandboxResponse Refused(string code, string message) => new GatewayRefusal(code, 400, message).ToResponse(requestId, call.Host, call.AsXml);
    }

    private static bool IsInstance(Card card, string? instanceId) =>
        instanceId is null || string.Equals(instanceId, card.InstanceId.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private SandboxResponse Succeeded(Call call, Guid requestId, Card card) => Envelope(call, requestId, Success,
    [
        new ResponseField("Success", true),
        ResponseField.Object("Data", new ResponseField("VsimCardInfo", Fields(card))),
    ]);

    private static SandboxResponse Failed(Call call, Guid requestId, ServiceError error, string message) => Envelope(call, requestId, error.Code,
    [
        new ResponseField("Success", false),
        new ResponseField("ErrorMessage", message),
        new ResponseField("LocalizedMessage", message),
    ]);

    private static SandboxResponse Envelope(Call call, Guid requestId, string code, ResponseField[] details) => new()
    {
        RequestId = requestId,
        Status = StatusCodes.Status200OK,
        Code = code,
        Message = null,
        Root = call.Action + "Response",
        AsXml = call.AsXml,
        Details = details,
    };

    private ResponseField[] Fields(Card card)
    {
        var fields = new List<ResponseField>
        {
            new("Iccid", card.Iccid),
            new("Status", Number((int)card.Status)),
            new("OsStatus", Number(card.OsStatus)),
            new("Vendor", card.Vendor),
            new("Imsi", new[] { SubscriberNumbers.Imsi(card) }),
            new("Msisdn", new[] { SubscriberNumbers.Msisdn(card) }),
            new("OpenAccountTime", Time(card.OpenAccountTime)),
            new("ExpireTime", Time(card.ExpireTime)),
            new("CertifyStatus", "2"),
            new("ApnName", card.Vendor is "CMCC" ? "cmiot" : "iot"),
            new("Period", "1101"),
            new("PeriodAddFlow", string.Create(CultureInfo.InvariantCulture, $"{card.UsedMegabytes:F2}MB")),
            new("PeriodRestFlow", string.Create(CultureInfo.InvariantCulture, $"{card.RemainingMegabytes:F2}MB")),
            new("DataType", "singlecard"),
            new("SimType", "nano"),
            new("VsimInstanceId", card.InstanceId),
            new("AutoRebindReuse", false),
        };
        if (card.ActiveTime is { } active)
        {
            fields.Add(new ResponseField("ActiveTime", Time(active)));
        }

        if ((behavior.DeviceImei is DeviceImeiSource.LastSeen ? card.LastSeenImei : card.Imei) is { } imei)
        {
            fields.Add(new ResponseField("DeviceImei", imei));
        }

        return [.. fields];
    }

    private static string Number(int code) => code.ToString(CultureInfo.InvariantCulture);

    private static string Time(DateTime time) => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
