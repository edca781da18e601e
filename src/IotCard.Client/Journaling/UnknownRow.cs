using IotCard.Client.Rules;

namespace IotCard.Client.Journaling;

/// <summary>A row of a journal whose outcome is Unknown.</summary>
internal sealed record UnknownRow
{
    /// <summary>The row with its outcome.</summary>
    internal required RowOutcome Outcome { get; init; }

    /// <summary>The row's number among identical rows.</summary>
    internal required int Number { get; init; }

    /// <summary>The requests that may have been executed, oldest first: the last one of each run that sent the row. None if only a torn line is left of them.</summary>
    internal required IReadOnlyList<RecordedIntent> Intents { get; init; }

    /// <summary>Whether its last line is an intent, which has reserved room for an outcome.</summary>
    internal bool HasOpenIntent { get; init; }

    /// <summary>Whether the next run may still resend the row's request, and learn more than anybody else can.</summary>
    internal bool IsUnderWay { get; init; }
}
