using IotCard.Sandbox.Wire;

namespace IotCard.Sandbox.Gateway;

/// <summary>Why the gateway refuses a request, of which nothing is executed.</summary>
internal sealed record GatewayRefusal(string Code, int Status, string Message)
{
    public static readonly GatewayRefusal IncompleteSignature =
        new("IncompleteSignature", 400, "The request signature does not conform to Aliyun standards.");

    public static readonly GatewayRefusal UnsupportedMethod =
        new("UnsupportedHTTPMethod", 400, "This HTTP method is not supported.");

    public static readonly GatewayRefusal ApiNotFound =
        new("InvalidApi.NotFound", 404, "Specified api is not found, please check your url and method.");

    public static readonly GatewayRefusal KeyNotFound =
        new("InvalidAccessKeyId.NotFound", 404, "Specified access key is not found.");

    public static readonly GatewayRefusal KeyInactive =
        new("InvalidAccessKeyId.Inactive", 400, "Specified access key is disabled.");

    public static readonly GatewayRefusal TokenMissing =
        new("MissingSecurityToken", 400, "SecurityToken is mandatory for this action.");

    public static readonly GatewayRefusal TokenMalformed =
        new("InvalidSecurityToken.Malformed", 400, "Specified SecurityToken is malformed.");

    public static readonly GatewayRefusal TokenMismatch =
        new("InvalidSecurityToken.MismatchWithAccessKey", 400, "Specified SecurityToken mismatch with the AccessKey.");

    public static readonly GatewayRefusal TokenExpired =
        new("InvalidSecurityToken.Expired", 400, "Specified SecurityToken is expired.");

    public static readonly GatewayRefusal TimeMalformed =
        new("InvalidTimeStamp.Format", 400, "Specified time stamp or date value is not well formatted.");

    public static readonly GatewayRefusal TimeExpired =
        new("InvalidTimeStamp.Expired", 400, "Specified time stamp or date value is expired.");

    public static readonly GatewayRefusal NonceUsed =
        new("SignatureNonceUsed", 400, "Specified signature nonce was used already.");

    public static readonly GatewayRefusal NoPermission =
        new("NoPermission", 403, "You are not authorized to do this action.");

    public static readonly GatewayRefusal ForbiddenRam =
        new("Forbidden.RAM", 403, "User not authorized to operate on the specified resource, or this API doesn't support RAM.");

    public static readonly GatewayRefusal KeyMissing =
        new("MissingAccessKeyId", 400, "AccessKeyId is mandatory for this action.");

    /// <summary>Refuses an action that the product has but the sandbox does not.</summary>
    public static GatewayRefusal NotProvided(string action) =>
        new("InvalidApi.NotFound", 404, $"The sandbox does not provide the action {action}, which the service does have.");

    public static GatewayRefusal MissingParameter(string name) =>
        new("MissingParameter", 400, $"The input parameter \"{name}\" that is mandatory for processing this request is not supplied.");

    /// <summary>Refuses a call without a parameter that its action requires.</summary>
    public static GatewayRefusal Missing(string name) => new("Missing" + name, 400, $"{name} is mandatory for this action.");

    /// <summary>A wrong signature. As with the real gateway, the message repeats what was signed, including a security token.</summary>
    /// <param name="explanation">The message of the signature method, including the string to sign.</param>
    public static GatewayRefusal SignatureMismatch(string explanation) => new("SignatureDoesNotMatch", 400, explanation);

    public SandboxResponse ToResponse(Guid requestId, string host, bool asXml) => new()
    {
        RequestId = requestId,
        Status = Status,
        Code = Code,
        Message = Message,
        Root = "Error",
        AsXml = asXml,
        HostId = host,
        Recommend = $"https://api.aliyun.com/troubleshoot?q={Code}&product=Dyiotapi&requestId={RequestIds.Format(requestId)}",
    };
}
