using System.Collections.Frozen;

namespace IotCard.Sandbox.Gateway;

/// <summary>The actions of the card product, its successor and the audit trail: those that the sandbox provides, and those that it knows by name.</summary>
internal static class ActionCatalog
{
    public const string BindingAction = "DoIotChgBindOrUnBind";
    public const string ImeiExistsAction = "DoIotIsImeiExist";
    public const string PostImeiAction = "DoIotPostImei";
    public const string CardInfoAction = "QueryCardInfo";
    public const string CardStatusAction = "QueryCardStatus";
    public const string CardDetailAction = "GetCardDetail";

    public const string LookupEventsAction = "LookupEvents";

    private const string CardVersion = "2017-11-11";
    private const string SuccessorVersion = "2021-05-20";
    private const string AuditTrailVersion = "2020-07-06";

    private static readonly FrozenSet<string> Provided =
        FrozenSet.Create(StringComparer.Ordinal, BindingAction, ImeiExistsAction, PostImeiAction, CardInfoAction, CardStatusAction);

    private static readonly FrozenSet<string> KnownByName = FrozenSet.Create(
        StringComparer.Ordinal,
        "QueryCardsInfo",
        "QueryCardFlowInfo",
        "QueryCardHistoryFlowInfo",
        "QueryIotCardOfferDtl",
        "QueryPersonalInfo",
        "DoIotRecharge",
        "DoIotUserStopResume",
        "DoIotUnbindResume",
        "DoSendIotSms",
        "DoIotSetRemindConfig",
        "DoIotSetAbsoluteRemindConfig");

    /// <summary>Refuses an action that the sandbox does not provide.</summary>
    /// <returns>Null for an action that it does provide.</returns>
    public static GatewayRefusal? Refuse(string action, string version)
    {
        if (string.Equals(version, SuccessorVersion, StringComparison.Ordinal))
        {
            return action is CardDetailAction ? null : GatewayRefusal.ApiNotFound;
        }

        if (string.Equals(version, AuditTrailVersion, StringComparison.Ordinal))
        {
            return action is LookupEventsAction ? null : GatewayRefusal.ApiNotFound;
        }

        if (!string.Equals(version, CardVersion, StringComparison.Ordinal))
        {
            return GatewayRefusal.ApiNotFound;
        }

        if (Provided.Contains(action))
        {
            return null;
        }

        return KnownByName.Contains(action) ? GatewayRefusal.NotProvided(action) : GatewayRefusal.ApiNotFound;
    }
}
