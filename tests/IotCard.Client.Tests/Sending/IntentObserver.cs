using IotCard.Client.Rules;

namespace IotCard.Client.Tests.Sending;

/// <summary>A row's record of which a test only wants to see the intents.</summary>
internal abstract class IntentObserver : IRowRecord
{
    public RecordedRow Recorded => RecordedRow.None;

    public ValueTask RecordIntentAsync(RecordedIntent intent, CancellationToken cancellationToken)
    {
        Observe(intent);
        return default;
    }

    public ValueTask RecordNotExecutedAsync(string code, CancellationToken cancellationToken) => default;

    public Task RecordOutcomeAsync(RowOutcome outcome) => Task.CompletedTask;

    private protected abstract void Observe(RecordedIntent intent);
}
