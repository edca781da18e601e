namespace IotCard.Sandbox.Cards;

/// <summary>The fleet of docs/sandbox.md, which must agree with it.</summary>
internal static class SampleFleet
{
    // Known to the service, but refused as a NewImei.
    private const string BlacklistedImei = "860456039737237";

    // Never uploaded.
    private const string UnknownImei = "861762042456544";

    private static readonly (string Iccid, string Imei)[] Healthy =
    [
        ("89860018521874998319", "860456038157932"),
        ("89860219070907095849", "861762040877246"),
        ("898604201518649757A6", "356893113596553"),
        ("89860721788800332727", "868019046315868"),
        ("89860122279492236694", "863588029035177"),
        ("8986062308750977240", "867044051754489"),
        ("89860924576970688902", "860456034473796"),
        ("89860325303647978391", "861762047193100"),
        ("8986111873404053465d", "356893119912416"),
        ("89860019061182633349", "868019042631722"),
        ("89860220808607141596", "863588025351032"),
        ("89860421868581499771", "867044058070343"),
        ("89860722800042165010", "860456030789658"),
        ("89860123083653462175", "861762043508962"),
        ("89860624797880496151", "356893116228279"),
        ("89860925059986969805", "868019048947585"),
    ];

    private static readonly (string Iccid, string Imei, ServiceError Failure)[] Provoking =
    [
        ("89860318342577548286", "863588021666896", ServiceError.OwnerUnknown),
        ("89861119732145151200", "867044054386206", ServiceError.ProductNotSubscribed),
        ("89860020208669631471", "860456037105510", ServiceError.AssetsBroken),
        ("89860221570784372704", "861762049824827", ServiceError.PermissionDenied),
        ("89860422736340148840", "356893112544133", ServiceError.InvalidParameters),
        ("89860723778153251200", "868019045263440", ServiceError.SystemError),
        ("89860124743393633844", "863588027982750", ServiceError.UnbindFailed),
        ("89860625936995492312", "867044050702067", ServiceError.RebindFailed),
    ];

    private static readonly (string Iccid, string Imei, CardStatus Status)[] InOtherStates =
    [
        ("89860021874619035276", "860456032841655", CardStatus.Testable),
        ("89860322971504683198", "861762041655294", CardStatus.Unused),
        ("89860423650192748368", "356893114374620", CardStatus.Stopped),
        ("89860624713802951645", "868019047119384", CardStatus.ShutDown),
    ];

    public static Fleet Create() => new(
    [
        .. Healthy.Select(card => new Card(card.Iccid, card.Imei)),
        .. Provoking.Select(card => new Card(card.Iccid, card.Imei) { ProvokedFailure = card.Failure }),
        .. InOtherStates.Select(card => new Card(card.Iccid, card.Imei) { Status = card.Status }),
        new Card("89860918136611157870", imei: null) { Closed = true },
    ])
    {
        BlacklistedImeis = new HashSet<string>(StringComparer.Ordinal) { BlacklistedImei },
        UnknownImeis = new HashSet<string>(StringComparer.Ordinal) { UnknownImei },
    };
}
