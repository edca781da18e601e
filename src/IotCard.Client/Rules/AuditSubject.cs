using IotCard.Client.Cards;

namespace IotCard.Client.Rules;

/// <summary>A row whose outcome is Unknown, as its journal has it.</summary>
/// <param name="Row">The row.</param>
/// <param name="Intents">The requests that may have been executed: one for each run that sent the row.</param>
internal sealed record AuditSubject(BindingRow Row, IReadOnlyList<RecordedIntent> Intents)
{
    /// <summary>How often the row was sent at most; null if the run that sent it did not live to say so.</summary>
    internal int? MaximumSendings { get; init; }

    /// <summary>How many rows of the journal have the same identifiers, this one included.</summary>
    internal int SameRows { get; init; } = 1;

    /// <summary>Whether every event of the row must be there by now.</summary>
    internal bool IsComplete { get; init; } = true;
}
