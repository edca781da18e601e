using System.Text.RegularExpressions;

namespace IotCard.Client.Rules;

/// <summary>
/// Classifies what a response says about its request. Only what the gateway or the service can have sent counts: a
/// response with a <c>RequestId</c> and a textual <c>Code</c>. Anything else may come from a middlebox that had already
/// forwarded the request, and is a lost response.
/// </summary>
internal static class ResponseClassifier
{
    /// <summary>The gateway's codes, from its published list of common error codes.</summary>
    private static readonly Dictionary<string, AttemptStatus> Listed = new(StringComparer.Ordinal)
    {
        ["OK"] = AttemptStatus.Answered,
        ["Throttling"] = AttemptStatus.Throttled,
        ["Throttling.User"] = AttemptStatus.Throttled,
        ["Throttling.Api"] = AttemptStatus.Throttled,
        ["ServiceUnavailable"] = AttemptStatus.Lost,
        ["InternalError"] = AttemptStatus.Lost,
        ["SignatureNonceUsed"] = AttemptStatus.NonceUsed,
        ["InvalidTimeStamp.Expired"] = AttemptStatus.ClockRefused,
        ["InvalidTimeStamp.Format"] = AttemptStatus.Fatal,
        ["InvalidSecurityToken.Expired"] = AttemptStatus.TokenExpired,
        ["InvalidSecurityToken.Malformed"] = AttemptStatus.Fatal,
        ["InvalidSecurityToken.MismatchWithAccessKey"] = AttemptStatus.Fatal,
        ["InvalidAccessKeyId.NotFound"] = AttemptStatus.Fatal,
        ["InvalidAccessKeyId.Inactive"] = AttemptStatus.Fatal,
        ["MissingAccessKeyId"] = AttemptStatus.Fatal,
        ["MissingSecurityToken"] = AttemptStatus.Fatal,
        ["SignatureDoesNotMatch"] = AttemptStatus.Fatal,
        ["IncompleteSignature"] = AttemptStatus.Fatal,
        ["Forbidden.RAM"] = AttemptStatus.Fatal,
        ["NoPermission"] = AttemptStatus.Fatal,
        ["InvalidApi.NotFound"] = AttemptStatus.Fatal,
    };

    /// <summary>Families of codes of which the gateway has more members than its list names.</summary>
    private static readonly KeyValuePair<string, AttemptStatus>[] Families =
    [
        new("Throttling.", AttemptStatus.Throttled),
        new("InvalidAccessKeyId.", AttemptStatus.Fatal),
        new("InvalidSecurityToken.", AttemptStatus.Fatal),
        new("Forbidden.", AttemptStatus.Fatal),
    ];

    private static readonly Regex CodeShape = new(@"\A[A-Za-z][A-Za-z0-9_.-]{0,127}\z", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    internal static AttemptStatus Classify(ServiceResponse response)
    {
        if (string.IsNullOrEmpty(response.RequestId))
        {
            return AttemptStatus.Lost;
        }

        if (Listed.TryGetValue(response.Code, out var status))
        {
            return status;
        }

        if (!CodeShape.IsMatch(response.Code))
        {
            return AttemptStatus.Lost;
        }

        if (response.Code.StartsWith(ServiceCode.Prefix, StringComparison.Ordinal))
        {
            return AttemptStatus.Answered;
        }

        foreach (var family in Families)
        {
            if (response.Code.StartsWith(family.Key, StringComparison.Ordinal) && (IsRefusal(response.HttpStatus) || response.HttpStatus == 429))
            {
                return family.Value;
            }
        }

        return IsRefusal(response.HttpStatus) ? AttemptStatus.Refused : AttemptStatus.Lost;
    }

    /// <summary>Classifies a code that is known without its response: Lost unless it is one of the service or a known one of the gateway.</summary>
    internal static AttemptStatus ClassifyListed(string code) =>
        Listed.TryGetValue(code, out var status) ? status
        : !CodeShape.IsMatch(code) ? AttemptStatus.Lost
        : code.StartsWith(ServiceCode.Prefix, StringComparison.Ordinal) ? AttemptStatus.Answered
        : Array.Find(Families, family => code.StartsWith(family.Key, StringComparison.Ordinal)) is { Key: not null } known ? known.Value
        : AttemptStatus.Lost;

    /// <summary>
    /// Whether the status means that the gateway refused the request: a 4xx, except those with which middleboxes report
    /// that they gave up on a request they had forwarded (timeouts, overload, a client that disconnected).
    /// </summary>
    private static bool IsRefusal(int httpStatus) => httpStatus is >= 400 and <= 499 and not (408 or 425 or 429 or 499);
}
