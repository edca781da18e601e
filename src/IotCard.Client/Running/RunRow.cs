using IotCard.Client.Cards;
using IotCard.Client.Journaling;
using IotCard.Client.Rules;

namespace IotCard.Client.Running;

/// <summary>A row of a run, from enqueuing to publishing.</summary>
internal sealed class RunRow(BindingRow row, object? tag)
{
    private List<RunRow>? _followers;
    private int _predecessors;

    internal BindingRow Row { get; } = row;

    /// <summary>What the caller gets back with the outcome.</summary>
    internal object? Tag { get; } = tag;

    /// <summary>The row's place among the results.</summary>
    internal required OrderedResults<RunResult>.Place Place { get; init; }

    /// <summary>Its position in the run's input.</summary>
    internal required long Sequence { get; init; }

    /// <summary>The row's entry in the journal, if any.</summary>
    internal JournalEntry? Entry { get; init; }

    /// <summary>The request of an earlier run to resend, if any.</summary>
    internal RecordedIntent? Resumed { get; init; }

    /// <summary>Whether the row is sent anew although it may have been executed before.</summary>
    internal bool IsRepeat { get; init; }

    internal bool IsFromJournal { get; init; }

    /// <summary>Whether the row has yielded its place in flight, because it has to wait.</summary>
    internal bool HasYieldedPlace { get; set; }

    /// <summary>Whether an earlier run may have executed it.</summary>
    internal bool IsInDoubt => IsRepeat || Resumed is not null || Entry is { Recorded.IsInDoubt: true };

    internal bool IsReady => _predecessors == 0;

    /// <summary>Whether other rows wait for this one, or did until it was complete.</summary>
    internal bool HasFollowers => _followers is not null;

    /// <summary>
    /// Concludes the row's outcome from that of this run. An operation that may have been executed before has not failed
    /// just because this run could not reach the service, nor because the service no longer finds the binding. The row
    /// stays in doubt, in the journal too, where a failure would let the next run send it again unasked.
    /// </summary>
    internal RowOutcome Conclude(RowOutcome outcome)
    {
        if (!IsInDoubt || outcome.Status != OutcomeStatus.Failed)
        {
            return outcome;
        }

        if (outcome.IsFromService)
        {
            return outcome.MayReflectEarlierExecution ? outcome with { Status = OutcomeStatus.Unknown } : outcome;
        }

        return outcome with
        {
            Status = OutcomeStatus.Unknown,
            Code = OutcomeCode.OutcomeUnknown,
            Reason = outcome.Code,
            MayBeResent = Resumed is not null,
        };
    }

    /// <summary>Makes this row wait until another one is complete.</summary>
    internal void Follow(RunRow predecessor)
    {
        _predecessors++;
        (predecessor._followers ??= []).Add(this);
    }

    /// <summary>Releases the rows that waited for this one.</summary>
    /// <param name="ready">Receives those that wait for no other row.</param>
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
