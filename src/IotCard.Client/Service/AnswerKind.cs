namespace IotCard.Client.Service;

/// <summary>Classifies answers by their code; the HTTP status decides only where no code does.</summary>
internal static class AnswerKind
{
    /// <summary>The gateway's codes, from its published list of common error codes.</summary>
    private static readonly Dictionary<string, AttemptEndKind> Exact = new(StringComparer.Ordinal)
    {
        ["OK"] = AttemptEndKind.Answered,
        ["Throttling"] = AttemptEndKind.Throttled,
        ["ServiceUnavailable"] = AttemptEndKind.Lost,
        ["InternalError"] = AttemptEndKind.Lost,
        ["SignatureNonceUsed"] = AttemptEndKind.NonceUsed,
        ["InvalidTimeStamp.Expired"] = AttemptEndKind.ClockRefused,
        ["InvalidTimeStamp.Format"] = AttemptEndKind.Condemned,
        ["InvalidSecurityToken.Expired"] = AttemptEndKind.TokenExpired,
        ["SignatureDoesNotMatch"] = AttemptEndKind.Condemned,
        ["IncompleteSignature"] = AttemptEndKind.Condemned,
        ["MissingSecurityToken"] = AttemptEndKind.Condemned,
        ["NoPermission"] = AttemptEndKind.Condemned,
        ["InvalidApi.NotFound"] = AttemptEndKind.Condemned,
    };

    private static readonly KeyValuePair<string, AttemptEndKind>[] Prefixes =
    [
        new(ServiceCode.Prefix, AttemptEndKind.Answered),
        new("Throttling.", AttemptEndKind.Throttled),
        new("InvalidAccessKeyId.", AttemptEndKind.Condemned),
        new("InvalidSecurityToken.", AttemptEndKind.Condemned),
        new("Forbidden.", AttemptEndKind.Condemned),
    ];

    internal static AttemptEndKind Of(ServiceAnswer answer)
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
        return answer.HttpStatus >= 500 ? AttemptEndKind.Lost : AttemptEndKind.Refused;
    }
}
