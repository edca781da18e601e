using IotCard.Client.Rules;

namespace IotCard.Client.Tests.Sending;

/// <summary>A row's place in a journal of which nothing is recorded; a test replaces what it watches.</summary>
internal abstract class RowRecordDouble : IRowRecord
{
    public virtual RecordedRow Recorded => RecordedRow.None;

    public virtual ValueTask RecordIntentAsync(RecordedIntent intent, CancellationToken cancellationToken) => default;

    public virtual ValueTask RecordNotExecutedAsync(string code, CancellationToken cancellationToken) => default;

    public virtual Task RecordOutcomeAsync(RowOutcome outcome) => Task.CompletedTask;
}
