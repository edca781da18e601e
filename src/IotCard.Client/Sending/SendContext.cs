using IotCard.Client.Service;
using IotCard.Client.Signing;

namespace IotCard.Client.Sending;

/// <summary>A call on its way. That of an operation is here only for as long as nothing of it can have been executed.</summary>
internal sealed class SendContext(ApiRequest call, ResponseFormat format, AttemptStatistics statistics)
{
    internal ApiRequest Call { get; } = call;

    /// <summary>How the responses to it are read.</summary>
    internal ResponseFormat Format { get; } = format;

    /// <summary>Records each request before it leaves; null where nobody needs to know.</summary>
    internal IIntentLog? Intents { get; init; }

    /// <summary>Whether it changes nothing, so that a lost response costs no more than another request.</summary>
    internal bool IsRepeatable { get; init; }

    /// <summary>The request that was sent last.</summary>
    internal SignedRequest? Request { get; private set; }

    /// <summary>When it was sent, by the clock's timestamps.</summary>
    internal long SentAt { get; private set; }

    internal bool IsClockCorrected { get; set; }

    internal bool IsTokenRefreshed { get; set; }

    /// <summary>Whether an attempt that ended so may be followed by another one, signed anew.</summary>
    internal bool MayRepeat(AttemptResult result) =>
        result.Status == AttemptStatus.NotConnected || (IsRepeatable && result.Certainty == ExecutionCertainty.NotKnown);

    /// <summary>Notes that a request leaves.</summary>
    internal void Leave(SignedRequest request, long now)
    {
        Request = request;
        SentAt = now;
        statistics.Attempts++;
    }
}
