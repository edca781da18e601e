using IotCard.Client.Rules;
using IotCard.Client.Service;
using IotCard.Client.Signing;

namespace IotCard.Client.Queries;

/// <summary>The action that describes a card: <c>GetCardDetail</c> of the successor product, which has its own host and version.</summary>
/// <param name="endpoint">Scheme, host and port of the service.</param>
internal sealed class CardApi(Uri endpoint)
{
    /// <summary>The product's code.</summary>
    internal const string Product = "Linkcard";

    /// <summary>The action's name.</summary>
    internal const string ActionName = "GetCardDetail";

    /// <summary>The product's endpoint.</summary>
    internal static readonly Uri DefaultEndpoint = new("https://linkcard.aliyuncs.com");

    /// <summary>
    /// The default rate of card lookups. The quota is 20 a second for an account with all its users; some of it is left
    /// to the others.
    /// </summary>
    internal const int RequestsPerSecond = 15;

    private static readonly ResponseFormat Format = new CardDetailFormat();

    private readonly ApiAction _action = new(endpoint, ActionName, "2021-05-20");

    /// <summary>Creates the query for a card.</summary>
    /// <param name="iccid">The card.</param>
    /// <param name="isClosed">Whether to search the closed cards instead of the open ones.</param>
    /// <param name="instanceId">The card's instance id, which the documentation requires for a closed card; null if unknown.</param>
    internal ApiQuery<CardDetail> Describe(string iccid, bool isClosed, string? instanceId)
    {
        NamedValue[] closed = isClosed ? [new("DestroyCard", "true")] : [];
        NamedValue[] instance = isClosed && !string.IsNullOrEmpty(instanceId) ? [new("InstanceId", instanceId!)] : [];
        return new(new ApiRequest(_action, [new("Iccid", iccid), .. closed, .. instance]), Format);
    }
}
