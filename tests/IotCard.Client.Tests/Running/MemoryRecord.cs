using System.Collections.Concurrent;
using IotCard.Client.Rules;

namespace IotCard.Client.Tests.Running;

/// <summary>A row's place in a journal that is kept in memory: what was recorded, in order.</summary>
internal sealed class MemoryRecord(RecordedRow? recorded = null, ConcurrentQueue<string>? lines = null) : IRowRecord
{
    public RecordedRow Recorded { get; } = recorded ?? RecordedRow.None;

    internal ConcurrentQueue<string> Lines { get; } = lines ?? [];

    /// <summary>Precedes the lines, to tell rows apart.</summary>
    internal string Name { get; init; } = "";

    /// <summary>Completes the record of the outcome; null for at once.</summary>
    internal Task? Outcome { get; init; }

    public ValueTask RecordIntentAsync(RecordedIntent intent, CancellationToken cancellationToken)
    {
        Lines.Enqueue(Name + "intent");
        return default;
    }

    public ValueTask RecordNotExecutedAsync(string code, CancellationToken cancellationToken)
    {
        Lines.Enqueue($"{Name}not executed {code}");
        return default;
    }

    public async Task RecordOutcomeAsync(RowOutcome outcome)
    {
        await (Outcome ?? Task.CompletedTask);
        Lines.Enqueue($"{Name}{outcome.Status} {outcome.Code}");
    }
}
