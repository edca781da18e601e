using IotCard.Client.Cards;
using IotCard.Client.Signing;

namespace IotCard.Client.Service;

/// <summary>
/// The action that rebinds and unbinds: <c>DoIotChgBindOrUnBind</c> of product <c>Dyiotapi</c>, as documented on the
/// service's page.
/// </summary>
/// <param name="endpoint">Scheme, host and port of the service.</param>
/// <param name="midChannelId">The channel id, which the official clients send and the page does not explain; null to omit it.</param>
public sealed class BindingApi(Uri endpoint, string? midChannelId = null)
{
    /// <summary>The product's only endpoint, for every region.</summary>
    public static readonly Uri DefaultEndpoint = new("https://dyiotapi.aliyuncs.com");

    /// <summary>The product's code.</summary>
    internal const string Product = "Dyiotapi";

    /// <summary>The action's name.</summary>
    internal const string ActionName = "DoIotChgBindOrUnBind";

    /// <summary>The product's API version.</summary>
    internal const string Version = "2017-11-11";

    private readonly ApiAction _action = new(endpoint, ActionName, Version);

    /// <summary>Creates the call for a row.</summary>
    /// <param name="row">A row that has passed <see cref="RowCheck"/>.</param>
    /// <returns>The call, to be signed.</returns>
    internal ApiRequest ToCall(BindingRow row)
    {
        ArgumentNullException.ThrowIfNull(row);

        NamedValue[] newImei = row.Operation == BindingOperation.Rebind ? [new("NewImei", row.NewImei!)] : [];
        NamedValue[] channel = string.IsNullOrEmpty(midChannelId) ? [] : [new("MidChannelId", midChannelId!)];

        // «OpionType» is how the service spells it.
        return new ApiRequest(
            _action,
            [
                new("Iccid", row.Iccid),
                new("Imei", row.Imei),
                .. channel,
                .. newImei,
                new("OpionType", row.Operation == BindingOperation.Rebind ? "chgBind" : "unBind"),
            ]);
    }
}
