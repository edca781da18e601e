namespace IotCard.Sandbox;

/// <summary>Carries out what the gateway let through.</summary>
internal sealed class CardService(SandboxOptions options, ServiceLog log)
{
    public const string Version = "2017-11-11";

    private const string ChangeOrUnbind = "DoIotChgBindOrUnBind";
    private const string ChangeResult = "IotModBind";

    private readonly Fleet _fleet = options.Fleet;

    public static bool Has(string action, string version) =>
        string.Equals(version, Version, StringComparison.Ordinal)
        && action is ChangeOrUnbind or "DoIotIsImeiExist" or "QueryCardInfo" or "QueryCardStatus";

    public static bool IsChange(string? action) => action is ChangeOrUnbind;

    /// <summary>Whether this is the answer to an operation that was carried out.</summary>
    public static bool IsCarriedOut(SandboxResponse? answer) => answer is { Code: SandboxResponse.Ok, Payload.Name: ChangeResult };

    /// <summary>An answer <c>OK</c> to an operation that nobody has carried out.</summary>
    public SandboxResponse EmptySuccess(bool asXml, bool withResult) =>
        Envelope(ChangeOrUnbind, asXml, Guid.NewGuid(), withResult ? new ResponsePayload(ChangeResult, [new("IsModSuccess", false)]) : null);

    public SandboxResponse Carry(Call call, Guid requestId) => call.Action switch
    {
        ChangeOrUnbind => ChangeBinding(call, requestId),
        "DoIotIsImeiExist" => IsImeiExist(call, requestId),
        "QueryCardInfo" => CardInfo(call, requestId),
        "QueryCardStatus" => CardStatus(call, requestId),
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
            return Failed(call, requestId, ServiceError.InvalidParameters);

        ServiceError? error;
        if (_fleet.Find(iccid) is { } card)
        {
            lock (_fleet.LockOf(card))
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
            ? Succeeded(call, requestId, new ResponsePayload(ChangeResult, [new("IsModSuccess", true)]))
            : Failed(call, requestId, error) with { Payload = new ResponsePayload(ChangeResult, [new("IsModSuccess", false)]) };

        void Record(ServiceError? outcome) => log.Record(new Execution
        {
            Sequence = 0,
            Iccid = iccid,
            Operation = operation.Value,
            Imei = imei,
            NewImei = newImei,
            Nonce = call.Nonce,
            Time = options.Clock.GetUtcNow(),
            Code = outcome?.Code ?? SandboxResponse.Ok,
            Id = requestId,
        });
    }

    private ServiceError? Change(Card card, CardOperation operation, string imei, string? newImei)
    {
        if (card.ProvokedFailure is { } provoked && Concerns(provoked, operation))
            return provoked;
        if (!card.IsBoundTo(imei))
            return ServiceError.BindingNotFound;

        if (newImei is null)
        {
            card.Close();
            return null;
        }

        if (!_fleet.AcceptsDevice(newImei))
            return ServiceError.ImeiRefused;

        card.Bind(newImei);
        return null;
    }

    private static bool Concerns(ServiceError failure, CardOperation operation) =>
        operation is CardOperation.Rebind ? failure != ServiceError.UnbindFailed : failure != ServiceError.RebindFailed;

    private SandboxResponse IsImeiExist(Call call, Guid requestId) =>
        call["Imei"] is { } imei
            ? Succeeded(call, requestId, new ResponsePayload("IotImeiExist", [new("IsImeiExist", _fleet.KnowsDevice(imei))]))
            : Failed(call, requestId, ServiceError.InvalidParameters);

    private SandboxResponse CardInfo(Call call, Guid requestId) => AboutCard(call, requestId, static card =>
    {
        var status = card.Closed ? "CLOSED" : "OPEN";
        return new ResponsePayload("CardInfo",
        [
            new("Iccid", card.Iccid),
            new("Imsi", SubscriberNumber("46000", card)),
            new("Msisdn", SubscriberNumber("10648", card)),
            new("GprsStatus", status),
            new("VoiceStatus", "CLOSED"),
            new("SmsStatus", status),
            new("FirstActiveTime", "2021-06-01 00:00:00"),
            new("OpenTime", "2021-06-01 00:00:00"),
        ]);
    });

    private SandboxResponse CardStatus(Call call, Guid requestId) => AboutCard(call, requestId, static card => new ResponsePayload("CardStatus",
    [
        new("Iccid", card.Iccid),
        new("Msisdn", SubscriberNumber("10648", card)),
        new("UserStatus", card.Closed ? "CLOSED" : "ACTIVE"),
    ]));

    private SandboxResponse AboutCard(Call call, Guid requestId, Func<Card, ResponsePayload> describe)
    {
        if (call["Iccid"] is not { } iccid)
            return Failed(call, requestId, ServiceError.InvalidParameters);
        return _fleet.Find(iccid) is { } card
            ? Succeeded(call, requestId, describe(card))
            : Failed(call, requestId, ServiceError.CardNotFound);
    }

    // The card's last digits behind a prefix of the field: made up, and always the same for a card.
    private static string SubscriberNumber(string prefix, Card card) => prefix + string.Concat(card.Iccid.PadLeft(10, '0')[^10..].Select(c => (char)('0' + (c % 10))));

    private SandboxResponse Succeeded(Call call, Guid requestId, ResponsePayload payload) => Envelope(call.Action, call.AsXml, requestId, payload);

    private SandboxResponse Envelope(string action, bool asXml, Guid requestId, ResponsePayload? payload) => new()
    {
        RequestId = requestId,
        Status = StatusCodes.Status200OK,
        Code = SandboxResponse.Ok,
        Message = options.PublishedSampleMessage ? "ServiceUnavailable" : SandboxResponse.Ok,
        Root = action + "Response",
        AsXml = asXml,
        Payload = payload,
    };

    private SandboxResponse Failed(Call call, Guid requestId, ServiceError error) => new()
    {
        RequestId = requestId,
        Status = options.BusinessFailuresAsOk ? StatusCodes.Status200OK : error.HttpStatus,
        Code = error.Code,
        Message = error.Meaning,
        Root = call.Action + "Response",
        AsXml = call.AsXml,
    };
}
