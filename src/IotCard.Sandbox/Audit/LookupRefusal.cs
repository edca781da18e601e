using IotCard.Sandbox.Gateway;

namespace IotCard.Sandbox.Audit;

/// <summary>The documented errors of <c>LookupEvents</c>. The code of a throttled lookup is not documented.</summary>
internal static class LookupRefusal
{
    public static readonly GatewayRefusal NoPermission = new("NoPermission", 403, "You are not authorized to perform this operation.");

    public static readonly GatewayRefusal Throttled = new("Throttling.User", 429, "Request was denied due to user flow control.");

    public static readonly GatewayRefusal StartTime = new("InvalidParameterStartTime", 400, "StartTime must be in the format YYYY-MM-DDThh:mm:ssZ.");

    public static readonly GatewayRefusal EndTime = new("InvalidParameterEndTime", 400, "EndTime must be in the format YYYY-MM-DDThh:mm:ssZ.");

    public static readonly GatewayRefusal Combination =
        new("InvalidParameterCombination", 400, "StartTime and EndTime must be given together, and EndTime must be after StartTime.");

    public static readonly GatewayRefusal Span = new("InvalidParameterDateOutOfRange", 400, "The time between StartTime and EndTime must not exceed 30 days.");

    public static readonly GatewayRefusal TooOld = new("InvalidParameterStartTimeOutOfDate", 400, "StartTime must be within the last 90 days.");

    public static readonly GatewayRefusal InFuture = new("InvalidParameterStartTimeExceedsCurrent", 400, "StartTime must not be in the future.");

    public static readonly GatewayRefusal Parameter = new("InvalidQueryParameter", 400, "MaxResults is a number from 1 to 50; Direction is FORWARD or BACKWARD.");

    public static readonly GatewayRefusal Attributes =
        new("InvalidLookupAttributesException", 400, "The lookup attribute, or the pair of them, is not supported.");

    public static readonly GatewayRefusal Token = new("InvalidNextToken", 400, "The specified NextToken is invalid.");
}
