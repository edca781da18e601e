using System.Globalization;
using IotCard.Sandbox.Cards;
using IotCard.Sandbox.Gateway;
using IotCard.Sandbox.Logging;
using IotCard.Sandbox.Wire;

namespace IotCard.Sandbox.Service;

/// <summary>Executes the requests that have passed the gateway.</summary>
internal sealed class CardService(Fleet fleet, ServiceBehavior behavior, ServiceLog log, TimeProvider clock)
{
    private const string ChangeResult = "IotModBind";

    private readonly CardDetails _details = new(fleet, behavior);

    /// <summary>Whether this is the response to an operation that was executed.</summary>
    public static bool IsExecuted(SandboxResponse? response) => response is { Code: SandboxResponse.Ok, Payload.Name: ChangeResult };

    /// <summary>The response <c>OK</c> for an operation that was not executed.</summary>
    public SandboxResponse EmptySuccess(bool asXml, bool withResult) =>
        Envelope(ActionCatalog.BindingAction, asXml, Guid.NewGuid(), withResult ? ResponseField.Object(ChangeResult, new ResponseField("IsModSuccess", false)) : null);

    public SandboxResponse Execute(Call call, Guid requestId) => call.Action switch
    {
        ActionCatalog.BindingAction => ChangeBinding(call, requestId),
        ActionCatalog.ImeiExistsAction => IsImeiExist(call, requestId),
        ActionCatalog.PostImeiAction => PostImei(call, requestId),
        ActionCatalog.CardInfoAction => CardInfo(call, requestId),
        ActionCatalog.CardStatusAction => CardStatusOf(call, requestId),
        ActionCatalog.CardDetailAction => _details.Describe(call, requestId),
        _ => throw new InvalidOperationException($"The gateway let the unknown action {call.Action} through."),
    };

    private SandboxResponse ChangeBinding(Call call, Guid requestId)
    {
        var iccid = call["Iccid"];
        var imei = call["Imei"];
        CardOperation? operation = call["OpionType"] switch
        {
            "chgBind" => CardOperation.Rebind,
            "unBind" => CardOperation.Unbind,
            _ => null,
        };
        var newImei = operation is CardOperation.Rebind ? call["NewImei"] : null;
        if (operation is null || iccid is null || imei is null || (operation is CardOperation.Rebind && newImei is null))
        {
            return Incomplete(call, requestId, operation is CardOperation.Rebind ? ["Iccid", "OpionType", "Imei", "NewImei"] : ["Iccid", "OpionType", "Imei"]);
        }

        ServiceError? error;
        if (fleet.Find(iccid) is { } card)
        {
            lock (fleet.LockOf(card))
            {
                error = Change(card, operation.Value, imei, newImei);
                Record(error);
            }
        }
        else
        {
            error = ServiceError.CardNotFound;
            Record(error);
        }

        return error is null
            ? Succeeded(call, requestId, ResponseField.Object(ChangeResult, new ResponseField("IsModSuccess", true)))
            : Failed(call, requestId, error) with { Payload = ResponseField.Object(ChangeResult, new ResponseField("IsModSuccess", false)) };

        void Record(ServiceError? outcome) => log.Record(new ProcessedOperation
        {
            Sequence = 0,
            Iccid = iccid,
            Operation = operation.Value,
            Imei = imei,
            NewImei = newImei,
            Nonce = call.Nonce,
            Time = clock.GetUtcNow(),
            Code = outcome?.Code ?? SandboxResponse.Ok,
            Id = requestId,
        });
    }

    private ServiceError? Change(Card card, CardOperation operation, string imei, string? newImei)
    {
        if (card.ProvokedFailure is { } provoked && AppliesTo(provoked, operation))
        {
            return provoked;
        }

        if (!card.IsBoundTo(imei))
        {
            return ServiceError.BindingNotFound;
        }

        if (newImei is null)
        {
            card.Close();
            return null;
        }

        if (!fleet.AcceptsDevice(newImei))
        {
            return ServiceError.ImeiRefused;
        }

        card.Bind(newImei);
        return null;
    }

    private static bool AppliesTo(ServiceError failure, CardOperation operation) =>
        operation is CardOperation.Rebind ? failure != ServiceError.UnbindFailed : failure != ServiceError.RebindFailed;

    private SandboxResponse IsImeiExist(Call call, Guid requestId) =>
        call["Imei"] is { } imei
            ? Succeeded(call, requestId, ResponseField.Object("IotImeiExist", new ResponseField("IsImeiExist", fleet.KnowsDevice(imei))))
            : Incomplete(call, requestId, "Imei");

    private SandboxResponse PostImei(Call call, Guid requestId)
    {
        if (call["Imei"] is not { } imei)
        {
            return Incomplete(call, requestId, "Imei");
        }

        return fleet.Upload(new UploadedDevice(imei, call["DeviceType"], call["Comments"]))
            ? Succeeded(call, requestId, ResponseField.Object("IotPostImei", new ResponseField("IsPostSuccess", true)))
            : Failed(call, requestId, ServiceError.ImeiRefused) with
            {
                Payload = ResponseField.Object("IotPostImei", new ResponseField("IsPostSuccess", false)),
            };
    }

    // SmsStatus and VoiceStatus are documented as not returned yet. The response for a closed card is not documented.
    private SandboxResponse CardInfo(Call call, Guid requestId) => AboutCard(call, requestId, static card => ResponseField.Object(
        "CardInfo",
        new ResponseField("Iccid", card.Iccid),
        new ResponseField("Imsi", SubscriberNumbers.Imsi(card)),
        new ResponseField("Msisdn", SubscriberNumbers.Msisdn(card)),
        new ResponseField("GprsStatus", card.Status is CardStatus.InUse ? "开" : "关"),
        new ResponseField("FirstActiveTime", card.ActiveTime is { } active ? Time(active) : ""),
        new ResponseField("OpenTime", Time(card.OpenAccountTime))));

    private SandboxResponse CardStatusOf(Call call, Guid requestId) => AboutCard(call, requestId, static card => ResponseField.Object(
        "CardStatus",
        new ResponseField("Iccid", card.Iccid),
        new ResponseField("Msisdn", SubscriberNumbers.Msisdn(card)),
        new ResponseField("UserStatus", card.Closed ? "CLOSED" : "ACTIVE")));

    private static string Time(DateTime time) => time.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);

    private SandboxResponse AboutCard(Call call, Guid requestId, Func<Card, ResponseField> describe)
    {
        if (call["Iccid"] is not { } iccid)
        {
            return Incomplete(call, requestId, "Iccid");
        }

        return fleet.Find(iccid) is { } card
            ? Succeeded(call, requestId, describe(card))
            : Failed(call, requestId, ServiceError.CardNotFound);
    }

    private SandboxResponse Succeeded(Call call, Guid requestId, ResponseField payload) => Envelope(call.Action, call.AsXml, requestId, payload);

    private SandboxResponse Envelope(string action, bool asXml, Guid requestId, ResponseField? payload) => new()
    {
        RequestId = requestId,
        Status = StatusCodes.Status200OK,
        Code = SandboxResponse.Ok,
        Message = behavior.PublishedSampleMessage ? "ServiceUnavailable" : SandboxResponse.Ok,
        Root = action + "Response",
        AsXml = asXml,
        Payload = payload,
    };

    private SandboxResponse Incomplete(Call call, Guid requestId, params ReadOnlySpan<string> required)
    {
        if (behavior.NamesMissingParameters)
        {
            foreach (var name in required)
            {
                if (call[name] is null)
                {
                    return GatewayRefusal.Missing(name).ToResponse(requestId, call.Host, call.AsXml);
                }
            }
        }

        return Failed(call, requestId, ServiceError.InvalidParameters);
    }

    private SandboxResponse Failed(Call call, Guid requestId, ServiceError error) => new()
    {
        RequestId = requestId,
        Status = behavior.BusinessFailuresAsOk ? StatusCodes.Status200OK : error.HttpStatus,
        Code = error.Code,
        Message = error.Meaning,
        Root = call.Action + "Response",
        AsXml = call.AsXml,
    };
}
