using IotCard.Client.Cards;

namespace IotCard.Client.Rules;

/// <summary>
/// What events of the audit trail prove about a row whose response was lost. Success is proved only by a recorded
/// response that says so, failure only by a code that says "not executed". Whatever could be another request, or an
/// earlier execution, proves nothing.
/// </summary>
internal static class AuditRules
{
    /// <summary>How long after its request an event can be looked up, as documented.</summary>
    internal static readonly TimeSpan Delay = TimeSpan.FromMinutes(10);

    /// <summary>How long events are kept.</summary>
    internal static readonly TimeSpan Retention = TimeSpan.FromDays(90);

    /// <summary>How far the time of a request's event may be from its timestamp: further off, the gateway refuses it.</summary>
    internal static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    private const string Product = "IotCard/";
    private const string NonceStart = "(nonce ";

    /// <summary>What an event says about its own request.</summary>
    internal static AuditVerdict VerdictOf(AuditEvent recorded)
    {
        var error = string.IsNullOrEmpty(recorded.ErrorCode) ? null : recorded.ErrorCode;
        var answer = string.IsNullOrEmpty(recorded.AnswerCode) ? null : recorded.AnswerCode;
        if (answer == ServiceCode.Ok)
        {
            return error is null && recorded.IsModSuccess == true ? AuditVerdict.Executed : AuditVerdict.Unclear;
        }

        return error is not null && answer is not null && error != answer ? AuditVerdict.Unclear
            : (error ?? answer) is { } code ? VerdictOf(code)
            : AuditVerdict.Unclear;
    }

    /// <summary>What follows for a row.</summary>
    /// <param name="subject">The row and its requests.</param>
    /// <param name="events">All events of the operation in the time of the row's requests, in any order.</param>
    /// <param name="accessKeyId">The AccessKey that the run is taken to have used; null if unknown.</param>
    internal static AuditConclusion Conclude(AuditSubject subject, IReadOnlyList<AuditEvent> events, string? accessKeyId)
    {
        if (subject.Intents.Count == 0)
        {
            return new AuditConclusion(AuditFinding.NoRequestRecorded);
        }

        var conclusions = subject.Intents.Select(intent => ByNonce(subject, intent.Nonce, events)).ToList();
        if (conclusions.Find(static one => one?.Finding == AuditFinding.Executed) is { } executed)
        {
            return executed;
        }

        if (conclusions.TrueForAll(static one => one?.Finding == AuditFinding.NotExecuted))
        {
            return conclusions[^1]!.Value;
        }

        return conclusions.FindLast(static one => one is not null) is { } arrived
            ? new AuditConclusion(AuditFinding.ResultNotRecorded, arrived.Event)
            : ByParameters(subject, events, accessKeyId);
    }

    /// <summary>What the events of one request say together: it may have arrived more than once, but is executed at most once.</summary>
    private static AuditConclusion? ByNonce(AuditSubject subject, string nonce, IReadOnlyList<AuditEvent> events)
    {
        var own = Distinct(events.Where(e => e.Nonce == nonce)).ConvertAll(e => (Event: e, Verdict: Contradicts(e, subject.Row) ? AuditVerdict.Unclear : VerdictOf(e)));
        if (own.Count == 0)
        {
            return null;
        }

        if (Find(AuditVerdict.Executed) is { } executed)
        {
            return new AuditConclusion(AuditFinding.Executed, executed);
        }

        if (Find(AuditVerdict.Unclear) is { } unclear)
        {
            return new AuditConclusion(AuditFinding.ResultNotRecorded, unclear);
        }

        if (Find(AuditVerdict.NotExecuted) is { } failed)
        {
            return new AuditConclusion(AuditFinding.NotExecuted, failed);
        }

        // A refusal says nothing of another arrival of the same request, so every one of them must have been refused.
        var refusals = own.FindAll(static e => e.Verdict == AuditVerdict.Refused);
        return refusals.Count == own.Count && subject.MaximumSendings is { } sendings && refusals.Count >= sendings
            ? new AuditConclusion(AuditFinding.NotExecuted, refusals[^1].Event)
            : new AuditConclusion(AuditFinding.ResultNotRecorded, own[^1].Event);

        AuditEvent? Find(AuditVerdict verdict) => own.Find(e => e.Verdict == verdict).Event;
    }

    /// <summary>
    /// Without a nonce, only the one event that can be meant proves that the operation was executed. It cannot prove a
    /// failure: the row's own request may be missing, and the event be that of another one with the same parameters.
    /// </summary>
    private static AuditConclusion ByParameters(AuditSubject subject, IReadOnlyList<AuditEvent> events, string? accessKeyId)
    {
        var possible = Distinct(events.Where(e =>
            e.Nonce is null
            && subject.Intents.Any(intent => IsNear(e, intent) && MayBeSentBy(e.UserAgent, intent.Nonce))
            && !Contradicts(e, subject.Row)
            && VerdictOf(e) != AuditVerdict.Repeated));
        if (possible.Count == 0)
        {
            return new AuditConclusion(subject.IsComplete ? AuditFinding.NoEvent : AuditFinding.TooEarly);
        }

        var found = possible[0];
        return possible.Count > 1 || subject.SameRows > 1 || subject.Intents.Count > 1 ? new AuditConclusion(AuditFinding.Ambiguous, found)
            : !Names(found, subject.Row) || found.AccessKeyId is null || found.AccessKeyId != accessKeyId ? new AuditConclusion(AuditFinding.NotIdentified, found)
            : !subject.IsComplete ? new AuditConclusion(AuditFinding.TooEarly, found)
            : VerdictOf(found) == AuditVerdict.Executed ? new AuditConclusion(AuditFinding.Executed, found)
            : new AuditConclusion(AuditFinding.ResultNotRecorded, found);
    }

    /// <summary>
    /// What a failure's code says. An earlier execution would also get <see cref="ServiceCode.BindingDoesNotExist"/>, and
    /// a service that fails may have executed the operation before. Of the gateway, only codes that it is known to have count.
    /// </summary>
    private static AuditVerdict VerdictOf(string code) => code is ServiceCode.BindingDoesNotExist or ServiceCode.SystemError
        ? AuditVerdict.Unclear
        : ResponseClassifier.ClassifyListed(code) switch
        {
            AttemptStatus.Answered => AuditVerdict.NotExecuted,
            AttemptStatus.Fatal or AttemptStatus.Throttled or AttemptStatus.ClockRefused or AttemptStatus.TokenExpired => AuditVerdict.Refused,
            AttemptStatus.NonceUsed => AuditVerdict.Repeated,
            _ => AuditVerdict.Unclear,
        };

    /// <summary>The events of a global service may be found twice.</summary>
    private static List<AuditEvent> Distinct(IEnumerable<AuditEvent> events) => [.. events.Distinct()];

    private static bool IsNear(AuditEvent recorded, RecordedIntent intent) => recorded.Time is not { } time || (time - intent.Timestamp).Duration() <= Window;

    /// <summary>Whether this module can have sent the request: the user agent is not recorded, or only its beginning is.</summary>
    private static bool MayBeSentBy(string? userAgent, string nonce)
    {
        if (string.IsNullOrEmpty(userAgent))
        {
            return true;
        }

        var at = userAgent!.IndexOf(NonceStart, StringComparison.Ordinal);
        return at < 0
            ? userAgent.StartsWith(Product, StringComparison.Ordinal)
            : nonce.StartsWith(userAgent[(at + NonceStart.Length)..], StringComparison.Ordinal);
    }

    /// <summary>Whether a recorded parameter is certainly another one than the row's.</summary>
    private static bool Contradicts(AuditEvent recorded, BindingRow row) =>
        Parameters(recorded, row).Any(static p => IsReadable(p.Recorded) && p.Recorded != p.Sent);

    /// <summary>Whether all recorded parameters are certainly those of the row.</summary>
    private static bool Names(AuditEvent recorded, BindingRow row) => Parameters(recorded, row).All(static p => p.Recorded == p.Sent);

    private static IEnumerable<(string? Recorded, string? Sent)> Parameters(AuditEvent recorded, BindingRow row)
    {
        yield return (recorded.Iccid, row.Iccid);
        yield return (recorded.Imei, row.Imei);
        yield return (recorded.OpionType, row.Operation == BindingOperation.Rebind ? "chgBind" : "unBind");
        if (row.Operation == BindingOperation.Rebind)
        {
            yield return (recorded.NewImei, row.NewImei);
        }
    }

    private static bool IsReadable(string? value) => !string.IsNullOrEmpty(value) && !value!.Contains('*');
}
