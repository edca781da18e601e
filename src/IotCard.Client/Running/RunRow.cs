using IotCard.Client.Cards;
using IotCard.Client.Journaling;
using IotCard.Client.Sending;

namespace IotCard.Client.Running;

/// <summary>A row of a run, from its being taken in to its being given out.</summary>
internal sealed class RunRow(BindingRow row, object? tag)
{
    private List<RunRow>? _followers;
    private int _predecessors;

    internal BindingRow Row { get; } = row;

    /// <summary>What the caller wants to have back with the outcome.</summary>
    internal object? Tag { get; } = tag;

    /// <summary>The row's place in the journal, where there is one.</summary>
    internal JournalEntry? Entry { get; init; }

    /// <summary>The request of an earlier run that is to be settled, where there is one.</summary>
    internal RecordedIntent? Resumed { get; init; }

    internal bool IsFromJournal { get; init; }

    /// <summary>Whether an earlier run may have carried it out.</summary>
    internal bool IsInDoubt => Resumed is not null || Entry is { OpenIntent: not null } or { Outcome.Verdict: Verdict.Unknown };

    /// <summary>The outcome, once it may be given out.</summary>
    internal RowOutcome? Outcome { get; set; }

    internal bool IsReady => _predecessors == 0;

    /// <summary>Makes this row wait until another one is done.</summary>
    internal void Follow(RunRow predecessor)
    {
        _predecessors++;
        (predecessor._followers ??= []).Add(this);
    }

    /// <summary>Lets go of the rows that waited for this one.</summary>
    /// <param name="ready">Takes those that wait for nothing more.</param>
    internal void Release(Queue<RunRow> ready)
    {
        if (_followers is null)
        {
            return;
        }

        foreach (var follower in _followers)
        {
            if (--follower._predecessors == 0)
            {
                ready.Enqueue(follower);
            }
        }
    }
}
