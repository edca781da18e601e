using IotCard.Client.Rules;

namespace IotCard.Client.Journaling;

/// <summary>Where a row's last lines are in a journal, and what the last of them says.</summary>
internal readonly record struct RowState
{
    /// <summary>The offset of the intent without an outcome; 0 if there is none.</summary>
    internal long Intent { get; init; }

    /// <summary>The offset of the row's last outcome or resolution; 0 if there is none.</summary>
    internal long Outcome { get; init; }

    /// <summary>The card, as in <see cref="CardIndex"/>.</summary>
    internal ulong Card { get; init; }

    /// <summary>The row's number among identical rows.</summary>
    internal int Number { get; init; }

    /// <summary>The number of the run that wrote the row's last line.</summary>
    internal int Run { get; init; }

    /// <summary>The status of that outcome.</summary>
    internal OutcomeStatus Status { get; init; }

    /// <summary>The offset of its last line; 0 if there is none.</summary>
    internal long Last => Math.Max(Intent, Outcome);

    /// <summary>Whether it may have been executed, with an unknown outcome.</summary>
    internal bool IsUnresolved => Intent > 0 || (Outcome > 0 && Status == OutcomeStatus.Unknown);

    /// <summary>Whether it changed its card, or may have.</summary>
    internal bool IsChange => IsUnresolved || (Outcome > 0 && Status == OutcomeStatus.Succeeded);

    /// <summary>The state after one more line. Once a row has ended, none of its requests is in flight; a later intent belongs to a later attempt.</summary>
    internal RowState After(JournalLine line, long offset, int run) => line.IsIntent
        ? this with { Intent = offset, Run = run }
        : this with { Intent = 0, Outcome = offset, Status = JournalFormat.StatusOf(line), Run = run };

    /// <summary>Whether a torn line that matches the row may be an intent of it that is not in this state.</summary>
    internal bool LeavesRoomFor(TornLine torn) =>
        Intent == 0
        && (Outcome == 0 || (Status == OutcomeStatus.Failed && Outcome < torn.Offset && Run < torn.Run));
}
