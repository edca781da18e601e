using System.Text.RegularExpressions;

namespace IotCard.Client.Rules;

/// <summary>
/// Classifies what a response says about its request. Only what the gateway or the service can have sent counts: a
/// response with a <c>RequestId</c> and a textual <c>Code</c>. Anything else may come from a middlebox that had already
/// forwarded the request, and is a lost response.
/// </summary>
internal static class ResponseClassifier
{
    private static readonly Regex CodeShape = new(@"\A[A-Za-z][A-Za-z0-9_.-]{0,127}\z", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    internal static AttemptStatus Classify(ServiceResponse response)
    {
        if (string.IsNullOrEmpty(response.RequestId))
        {
            return AttemptStatus.Lost;
        }

        if (FindListed(response.Code) is { } listed)
        {
            return listed;
        }

        if (!CodeShape.IsMatch(response.Code))
        {
            return AttemptStatus.Lost;
        }

        if (response.Code.StartsWith(ServiceCode.Prefix, StringComparison.Ordinal))
        {
            return AttemptStatus.Answered;
        }

        if (FindFamily(response.Code) is { } family && (IsRefusal(response.HttpStatus) || response.HttpStatus == 429))
        {
            return family;
        }

        return IsRefusal(response.HttpStatus) ? AttemptStatus.Refused : AttemptStatus.Lost;
    }

    /// <summary>Classifies a code that is known without its response: Lost unless it is one of the service or a known one of the gateway.</summary>
    internal static AttemptStatus ClassifyListed(string code) =>
        FindListed(code) is { } listed ? listed
        : !CodeShape.IsMatch(code) ? AttemptStatus.Lost
        : code.StartsWith(ServiceCode.Prefix, StringComparison.Ordinal) ? AttemptStatus.Answered
        : FindFamily(code) ?? AttemptStatus.Lost;

    /// <summary>The gateway's codes, from its published list of common error codes.</summary>
    private static AttemptStatus? FindListed(string code) => code switch
    {
        "OK" => AttemptStatus.Answered,
        "Throttling" or "Throttling.User" or "Throttling.Api" => AttemptStatus.Throttled,
        "ServiceUnavailable" or "InternalError" => AttemptStatus.Lost,
        "SignatureNonceUsed" => AttemptStatus.NonceUsed,
        "InvalidTimeStamp.Expired" => AttemptStatus.ClockRefused,
        "InvalidTimeStamp.Format" => AttemptStatus.Fatal,
        "InvalidSecurityToken.Expired" => AttemptStatus.TokenExpired,
        "InvalidSecurityToken.Malformed" or "InvalidSecurityToken.MismatchWithAccessKey" => AttemptStatus.Fatal,
        "InvalidAccessKeyId.NotFound" or "InvalidAccessKeyId.Inactive" => AttemptStatus.Fatal,
        "MissingAccessKeyId" or "MissingSecurityToken" => AttemptStatus.Fatal,
        "SignatureDoesNotMatch" or "IncompleteSignature" => AttemptStatus.Fatal,
        "Forbidden.RAM" or "NoPermission" => AttemptStatus.Fatal,
        "InvalidApi.NotFound" => AttemptStatus.Fatal,
        _ => null,
    };

    /// <summary>Families of codes of which the gateway has more members than its list names.</summary>
    private static AttemptStatus? FindFamily(string code) =>
        code.StartsWith("Throttling.", StringComparison.Ordinal) ? AttemptStatus.Throttled
        : code.StartsWith("InvalidAccessKeyId.", StringComparison.Ordinal) ? AttemptStatus.Fatal
        : code.StartsWith("InvalidSecurityToken.", StringComparison.Ordinal) ? AttemptStatus.Fatal
        : code.StartsWith("Forbidden.", StringComparison.Ordinal) ? AttemptStatus.Fatal
        : null;

    /// <summary>
    /// Whether the status means that the gateway refused the request: a 4xx, except those with which middleboxes report
    /// that they gave up on a request they had forwarded (timeouts, overload, a client that disconnected).
    /// </summary>
    private static bool IsRefusal(int httpStatus) => httpStatus is >= 400 and <= 499 and not (408 or 425 or 429 or 499);
}
