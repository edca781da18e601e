using System.Globalization;
using System.Text.RegularExpressions;
using IotCard.Client.Service;
using IotCard.Client.Signing;

namespace IotCard.Client.Queries;

/// <summary>The action that looks events up in the account's audit trail: <c>LookupEvents</c>, with an endpoint for each region.</summary>
/// <param name="endpoint">Scheme, host and port of the service.</param>
internal sealed class AuditApi(Uri endpoint)
{
    /// <summary>Where global events are kept by default on the China site.</summary>
    internal const string DefaultRegion = "cn-hangzhou";

    /// <summary>The quota page says two a second for an account, the metadata ten.</summary>
    internal const int RequestsPerSecond = 1;

    /// <summary>The longest time between the two ends of a lookup; the documentation allows 30 days.</summary>
    internal static readonly TimeSpan MaximumSpan = TimeSpan.FromDays(29);

    /// <summary>The product's code.</summary>
    internal const string Product = "Actiontrail";

    /// <summary>The action's name.</summary>
    internal const string ActionName = "LookupEvents";

    private const string OperationName = "DoIotChgBindOrUnBind";
    private const string MaximumResults = "50";

    // Times are in whole seconds: the second that has begun is looked up, too.
    private static readonly TimeSpan AlmostASecond = TimeSpan.FromSeconds(1) - TimeSpan.FromTicks(1);

    private static readonly ResponseFormat Format = new AuditPageFormat();
    private static readonly Regex RegionShape = new(@"\A[a-z]{2,4}(-[a-z0-9]{1,20}){1,4}\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    private readonly ApiAction _action = new(endpoint, ActionName, "2020-07-06");

    /// <summary>The audit trail's endpoint in a region.</summary>
    /// <returns>Null if that is no region's name.</returns>
    internal static Uri? EndpointOf(string region) => RegionShape.IsMatch(region) ? new Uri($"https://actiontrail.{region}.aliyuncs.com") : null;

    /// <summary>Creates the query for a page of the operation's events, oldest first.</summary>
    /// <param name="start">The first time, at most 90 days ago.</param>
    /// <param name="end">The last time, at most <see cref="MaximumSpan"/> later.</param>
    /// <param name="nextToken">From the page before; null for the first one.</param>
    internal ApiQuery<AuditPage> LookUp(DateTimeOffset start, DateTimeOffset end, string? nextToken)
    {
        NamedValue[] next = nextToken is null ? [] : [new("NextToken", nextToken)];
        return new(
            new ApiRequest(
                _action,
                [
                    new("Direction", "FORWARD"),
                    new("EndTime", Time(end + AlmostASecond)),
                    new("LookupAttribute.1.Key", "EventName"),
                    new("LookupAttribute.1.Value", OperationName),
                    new("MaxResults", MaximumResults),
                    .. next,
                    new("StartTime", Time(start)),
                ]),
            Format);
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
