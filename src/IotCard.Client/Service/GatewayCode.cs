namespace IotCard.Client.Service;

/// <summary>Codes of the gateway that a rule depends on by name.</summary>
internal static class GatewayCode
{
    /// <summary>The gateway could not reach the service, or lost it. Whether the operation was carried out is not known.</summary>
    internal const string ServiceUnavailable = "ServiceUnavailable";

    /// <summary>The gateway failed. Whether the operation was carried out is not known.</summary>
    internal const string InternalError = "InternalError";
}
