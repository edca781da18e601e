using IotCard.Client.Cards;
using IotCard.Client.Rules;
using IotCard.Client.Running;

namespace IotCard.Client.Tests.Running;

/// <summary>Adds rows to a run in the few ways that tests need.</summary>
internal static class RunExtensions
{
    internal static void Add(this BindingRun run, BindingRow binding, IRowRecord? record = null, RecordedIntent? resumed = null, bool isRepeat = false) =>
        run.Add(new Row(binding)
        {
            Decision = new RowDecision(resumed is null ? RowAction.Send : RowAction.Resume),
            Record = record ?? (resumed is null ? null : new MemoryRecord(new RecordedRow { OpenIntent = resumed })),
            IsRepeat = isRepeat,
        });

    internal static void AddSettled(this BindingRun run, RowOutcome outcome, bool isFromJournal = false, string? message = null) =>
        run.Add(new Row(outcome.Row) { Outcome = outcome, IsFromJournal = isFromJournal, Message = message });
}
