using IotCard.Client.Rules;

namespace IotCard.Client.Journaling;

/// <summary>A row of a journal that may have been executed, with an unknown outcome.</summary>
public sealed record UnknownRow
{
    /// <summary>How it last ended: Unknown.</summary>
    public required RowOutcome Outcome { get; init; }

    /// <summary>Its number among identical rows.</summary>
    internal int Number { get; init; }

    /// <summary>The requests that may have been executed, oldest first; none if only a torn line is left of them.</summary>
    internal IReadOnlyList<RecordedIntent> Intents { get; init; } = [];

    /// <summary>Whether its last line is an intent, which has reserved room for an outcome.</summary>
    internal bool HasOpenIntent { get; init; }

    /// <summary>Whether it was in flight a moment ago, so that the next run can still resend its request and learn more than anyone else.</summary>
    public bool IsUnderWay { get; init; }
}
