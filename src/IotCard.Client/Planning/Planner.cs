using IotCard.Client.Cards;
using IotCard.Client.Journaling;
using IotCard.Client.Rules;

namespace IotCard.Client.Planning;

/// <summary>
/// Decides for every row of a list what is to be done with it, before anything is sent: by the row itself, by its journal,
/// and by the other rows. The check, the dry run and the run use it alike, so that what one refuses the others refuse too.
/// </summary>
/// <param name="options">What the user lets pass.</param>
internal sealed class Planner(PlanOptions options)
{
    private readonly UnknownCards _unknownCards = new();

    /// <summary>Plans a list: sets each row's decision, and the outcome of those that are not to be sent.</summary>
    /// <param name="rows">All rows, in input order. A row that its reader has refused keeps that decision.</param>
    /// <param name="journal">The journal with earlier outcomes; null if there is none.</param>
    internal void Plan(IReadOnlyList<Row> rows, Journal? journal)
    {
        var conflicts = CheckEach(rows, journal);
        var now = options.Clock.GetUtcNow();
        var sound = 0;
        for (var place = 0; place < rows.Count; place++)
        {
            var row = rows[place];
            if (row.Decision.Action == RowAction.Send)
            {
                Decide(row, place, conflicts?.Find(sound), now);
                sound++;
            }

            if (!row.Decision.Sends)
            {
                Settle(row, now);
                _unknownCards.Note(row.Outcome!, place);
            }
        }
    }

    /// <summary>Checks each row by itself, claims the sound ones' places in the journal, and compares them with each other.</summary>
    private RowConflicts? CheckEach(IReadOnlyList<Row> rows, Journal? journal)
    {
        var sound = new List<BindingRow>(rows.Count);
        foreach (var row in rows)
        {
            if (row.Decision.Action != RowAction.Send)
            {
                continue;
            }

            if (RowCheck.FindFault(row.Binding, options.SkipsCheckDigit, options.SkipsListCheck) is { } fault)
            {
                row.Decision = new RowDecision(RowAction.Refuse, fault.Code) { Fault = fault };
                continue;
            }

            row.Record = journal?.Claim(row.Binding);
            sound.Add(row.Binding);
        }

        return options.SkipsListCheck ? null : new RowConflicts(sound);
    }

    private void Decide(Row row, int place, RowConflict? conflict, DateTimeOffset now)
    {
        if (row.Record is { Recorded: { } recorded } && !ReferenceEquals(recorded, RecordedRow.None))
        {
            row.Decision = JournalRules.Decide(recorded, now, options.RetriesUnknown);
            row.IsRepeat |= recorded.IsInDoubt && row.Decision.Action == RowAction.Send;
        }

        if (!row.Decision.Sends)
        {
            return;
        }

        if (_unknownCards.Hold(row, place))
        {
            row.Decision = new RowDecision(RowAction.Refuse, OutcomeCode.PredecessorUnknown);
        }
        else if (conflict is not null && row.Decision.Action == RowAction.Send)
        {
            row.Decision = new RowDecision(RowAction.Refuse, conflict.Code) { OtherRow = conflict.OtherRow };
        }
    }

    private static void Settle(Row row, DateTimeOffset now)
    {
        var recorded = row.Record?.Recorded;
        row.IsFromJournal = row.Decision.Action is RowAction.AlreadyDone or RowAction.Unknown && recorded is { OpenIntent: null, Outcome: not null };
        row.Outcome = row.IsFromJournal ? recorded!.Outcome
            : row.Decision.Action == RowAction.Unknown && recorded?.OpenIntent is not null ? RowOutcome.Unknown(row.Binding, OutcomeCode.Interrupted) with { CompletedAt = now }
            : RowOutcome.NotSent(row.Binding.AsEntered(), row.Decision.Code!, now);
    }
}
