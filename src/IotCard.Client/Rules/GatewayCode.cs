namespace IotCard.Client.Rules;

/// <summary>The gateway's codes that rules refer to by name.</summary>
internal static class GatewayCode
{
    /// <summary>The gateway could not reach the service, or lost the connection to it. It is unknown whether the operation was executed.</summary>
    internal const string ServiceUnavailable = "ServiceUnavailable";

    /// <summary>The gateway failed. It is unknown whether the operation was executed.</summary>
    internal const string InternalError = "InternalError";
}
