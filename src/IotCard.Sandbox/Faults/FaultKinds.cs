namespace IotCard.Sandbox.Faults;

/// <summary>The properties of each <see cref="FaultKind"/>.</summary>
internal static class FaultKinds
{
    private static readonly FaultMoment[] Arrival = [FaultMoment.OnArrival];
    private static readonly FaultMoment[] Service = [FaultMoment.AfterService];

    private static readonly FaultMoment[] Any = [FaultMoment.AfterService, FaultMoment.OnArrival, FaultMoment.BeforeService];

    /// <summary>Every kind with an effect.</summary>
    public static readonly FaultKind[] All = [.. Enum.GetValues<FaultKind>().Where(kind => kind is not FaultKind.None)];

    /// <summary>The moments at which a kind can occur, the usual one first.</summary>
    public static FaultMoment[] MomentsOf(FaultKind kind) => kind switch
    {
        FaultKind.CloseBefore or FaultKind.ResetBefore => [FaultMoment.OnArrival, FaultMoment.BeforeService],
        FaultKind.HtmlResponse or FaultKind.NumericCode or FaultKind.RequestTimeout or FaultKind.ClientClosedRequest
            or FaultKind.TooManyRequests or FaultKind.ThrottlingWithoutRequestId or FaultKind.FirewallForbidden
            or FaultKind.ProxyAuthenticationRequired or FaultKind.ControlCharacterCode => Any,
        FaultKind.ServiceUnavailable or FaultKind.InternalError or FaultKind.BadGateway or FaultKind.GatewayTimeout =>
            [FaultMoment.OnArrival, FaultMoment.BeforeService, FaultMoment.AfterService],
        FaultKind.OkWithoutResult => [FaultMoment.BeforeService, FaultMoment.AfterService],
        FaultKind.OkButNotDone => [FaultMoment.BeforeService],
        FaultKind.CloseAfter or FaultKind.ResetAfter or FaultKind.SwallowResponse or FaultKind.DelayResponse
            or FaultKind.CutResponse or FaultKind.TruncateResponse or FaultKind.GarbleResponse or FaultKind.DuplicateDelivery
            or FaultKind.LowerCaseOk or FaultKind.ShiftedResponse => Service,
        _ => Arrival,
    };

    /// <summary>Whether the client does not receive a complete response.</summary>
    public static bool BreaksWire(FaultKind kind) =>
        kind is FaultKind.CloseBefore or FaultKind.ResetBefore or FaultKind.CloseAfter or FaultKind.ResetAfter
            or FaultKind.SwallowResponse or FaultKind.CutResponse or FaultKind.TruncateResponse;

    /// <summary>Whether a request ends at this kind if it occurs before the service.</summary>
    public static bool EndsRequest(FaultKind kind) =>
        kind is not (FaultKind.None or FaultKind.DelayRequest or FaultKind.ForgetNonce or FaultKind.SkewedClock);

    /// <summary>The kinds of the given groups.</summary>
    public static FaultKind[] In(FaultGroups groups) =>
        [.. All.Where(kind => groups.HasFlag(kind >= FaultKind.NumericCode ? FaultGroups.Middlebox : FaultGroups.Network))];
}
