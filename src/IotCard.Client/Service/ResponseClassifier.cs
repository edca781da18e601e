namespace IotCard.Client.Service;

/// <summary>Classifies answers by their code; the HTTP status decides only where no code does.</summary>
internal static class ResponseClassifier
{
    /// <summary>The gateway's codes, from its published list of common error codes.</summary>
    private static readonly Dictionary<string, AttemptStatus> Exact = new(StringComparer.Ordinal)
    {
        ["OK"] = AttemptStatus.Answered,
        ["Throttling"] = AttemptStatus.Throttled,
        ["ServiceUnavailable"] = AttemptStatus.Lost,
        ["InternalError"] = AttemptStatus.Lost,
        ["SignatureNonceUsed"] = AttemptStatus.NonceUsed,
        ["InvalidTimeStamp.Expired"] = AttemptStatus.ClockRefused,
        ["InvalidTimeStamp.Format"] = AttemptStatus.Fatal,
        ["InvalidSecurityToken.Expired"] = AttemptStatus.TokenExpired,
        ["SignatureDoesNotMatch"] = AttemptStatus.Fatal,
        ["IncompleteSignature"] = AttemptStatus.Fatal,
        ["MissingSecurityToken"] = AttemptStatus.Fatal,
        ["NoPermission"] = AttemptStatus.Fatal,
        ["InvalidApi.NotFound"] = AttemptStatus.Fatal,
    };

    private static readonly KeyValuePair<string, AttemptStatus>[] Prefixes =
    [
        new(ServiceCode.Prefix, AttemptStatus.Answered),
        new("Throttling.", AttemptStatus.Throttled),
        new("InvalidAccessKeyId.", AttemptStatus.Fatal),
        new("InvalidSecurityToken.", AttemptStatus.Fatal),
        new("Forbidden.", AttemptStatus.Fatal),
    ];

    internal static AttemptStatus Of(ServiceResponse answer)
    {
        if (Exact.TryGetValue(answer.Code, out var kind))
        {
            return kind;
        }

        foreach (var prefix in Prefixes)
        {
            if (answer.Code.StartsWith(prefix.Key, StringComparison.Ordinal))
            {
                return prefix.Value;
            }
        }

        // A code that nobody has written down: a 5xx is the gateway's own failure and settles nothing.
        return answer.HttpStatus >= 500 ? AttemptStatus.Lost : AttemptStatus.Refused;
    }
}
