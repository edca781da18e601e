using IotCard.Client.Rules;

namespace IotCard.Client.Journaling;

/// <summary>The offsets of a row's lines in a journal.</summary>
internal readonly record struct RowHistory
{
    /// <summary>The offset of the intent without an outcome; 0 if there is none.</summary>
    internal long Intent { get; init; }

    /// <summary>The offset of the row's last outcome or resolution; 0 if there is none.</summary>
    internal long Outcome { get; init; }

    /// <summary>The status of that outcome.</summary>
    internal OutcomeStatus Status { get; init; }

    /// <summary>The number of the run that wrote the row's last line.</summary>
    internal int Run { get; init; }

    /// <summary>Whether a torn line that matches the row may be an intent of it that is not in this history.</summary>
    internal bool LeavesRoomFor(TornLine torn) =>
        Intent == 0
        && (Outcome == 0 || (Status == OutcomeStatus.Failed && Outcome < torn.Offset && Run < torn.Run));
}
