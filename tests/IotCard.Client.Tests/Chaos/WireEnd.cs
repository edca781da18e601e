using IotCard.Client.Cards;

namespace IotCard.Client.Tests.Chaos;

/// <summary>How an attempt ended on the wire, according to a witness.</summary>
/// <param name="Row">The request's row.</param>
/// <param name="Nonce">The request's nonce.</param>
/// <param name="Kind">What came back.</param>
/// <param name="Code">The code that came back, if any.</param>
/// <param name="IsDone">Whether the response says that the operation succeeded; null if it does not say.</param>
internal sealed record WireEnd(BindingRow Row, string Nonce, WireEnd.EndKind Kind, string? Code = null, bool? IsDone = null)
{
    internal enum EndKind
    {
        /// <summary>Nothing of the request was sent.</summary>
        NotSent,

        /// <summary>A response of the service, or a refusal of its gateway.</summary>
        Received,

        /// <summary>Nothing, or nothing that says what became of the request.</summary>
        NotReceived,

        /// <summary>The same, because the client no longer waited.</summary>
        NotAwaited,
    }

    internal bool LeavesInDoubt => Kind is EndKind.NotReceived or EndKind.NotAwaited;
}
