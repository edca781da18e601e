using IotCard.Client.Rules;
using IotCard.Client.Service;
using IotCard.Client.Signing;

namespace IotCard.Client.Sending;

/// <summary>A call being sent. An operation's call is here only as long as nothing can have been executed.</summary>
internal sealed class SendContext(ApiRequest call, ResponseFormat format, AttemptStatistics statistics)
{
    internal ApiRequest Call { get; } = call;

    /// <summary>How its responses are read.</summary>
    internal ResponseFormat Format { get; } = format;

    /// <summary>Records each request before it is sent; null for no record.</summary>
    internal IRowRecord? Record { get; init; }

    /// <summary>Whether the call changes nothing, so that a lost response costs no more than another request.</summary>
    internal bool IsRepeatable { get; init; }

    /// <summary>The last request that was sent.</summary>
    internal SignedRequest? Request { get; private set; }

    /// <summary>When it was sent, as a timestamp of the clock.</summary>
    internal long SentAt { get; private set; }

    internal bool IsClockCorrected { get; set; }

    internal bool IsTokenRefreshed { get; set; }

    /// <summary>What follows an attempt.</summary>
    internal AttemptStep StepAfter(AttemptResult result) =>
        IsRepeatable ? AttemptRules.AfterQuery(result) : AttemptRules.AfterNewRequest(result);

    /// <summary>Records that the last request was not executed, before the next one has to wait.</summary>
    internal ValueTask RecordNotExecutedAsync(AttemptResult result, CancellationToken cancellationToken) =>
        Record is null || result.Certainty != ExecutionCertainty.NotExecuted ? default : Record.RecordNotExecutedAsync(result.Code, cancellationToken);

    /// <summary>Notes that a request is sent.</summary>
    internal void Leave(SignedRequest request, long now)
    {
        Request = request;
        SentAt = now;
        statistics.Attempts++;
    }
}
