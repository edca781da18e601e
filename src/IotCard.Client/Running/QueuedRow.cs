using IotCard.Client.Rules;

namespace IotCard.Client.Running;

/// <summary>A row in the run's queue: its place, and which rows it waits for.</summary>
internal sealed class QueuedRow(Row row, OrderedResults<Row>.Place place, long sequence)
{
    private List<QueuedRow>? _followers;
    private int _predecessors;

    internal Row Row { get; } = row;

    /// <summary>The row's place among the results.</summary>
    internal OrderedResults<Row>.Place Place { get; } = place;

    /// <summary>Its position in the run's input.</summary>
    internal long Sequence { get; } = sequence;

    /// <summary>Whether it was handed to the sender.</summary>
    internal bool IsBegun { get; set; }

    /// <summary>Whether it has yielded its place in flight, because it has to wait.</summary>
    internal bool HasYieldedPlace { get; set; }

    internal bool IsReady => _predecessors == 0;

    /// <summary>Makes this row wait until another one is settled.</summary>
    internal void Follow(QueuedRow predecessor)
    {
        _predecessors++;
        (predecessor._followers ??= []).Add(this);
    }

    /// <summary>Releases the rows that waited for this one.</summary>
    /// <param name="ready">Receives those that wait for no other row.</param>
    internal void Release(Queue<QueuedRow> ready)
    {
        foreach (var follower in _followers ?? [])
        {
            if (--follower._predecessors == 0)
            {
                ready.Enqueue(follower);
            }
        }
    }
}
