using IotCard.Client.Cards;

namespace IotCard.Client.Rules;

/// <summary>A row on its way from input to result.</summary>
/// <param name="binding">What is asked.</param>
internal sealed class Row(BindingRow binding)
{
    private static readonly RowDecision Send = new(RowAction.Send);

    private RowOutcome? _outcome;

    /// <summary>What is asked: the value that is signed and recorded.</summary>
    internal BindingRow Binding { get; } = binding;

    /// <summary>What is to be done with it, by the plan.</summary>
    internal RowDecision Decision { get; set; } = Send;

    /// <summary>Its place in the journal; null without one.</summary>
    internal IRowRecord? Record { get; set; }

    /// <summary>Whether it is sent anew although it may have been executed before (<c>-RetryUnknown</c>).</summary>
    internal bool IsRepeat { get; set; }

    /// <summary>How it ended; null until then. It is set once: by the plan for a row that is not to be sent, otherwise by the run.</summary>
    internal RowOutcome? Outcome
    {
        get => _outcome;
        set => _outcome = _outcome is null ? value : throw new InvalidOperationException("The row has its outcome.");
    }

    /// <summary>Whether the outcome is an earlier run's.</summary>
    internal bool IsFromJournal { get; set; }

    /// <summary>Replaces the words of the outcome's code, where the reader or the plan has better ones.</summary>
    internal string? Message { get; set; }

    /// <summary>The request of an earlier run that is to be sent again, byte for byte; null if a new one is to be signed.</summary>
    internal RecordedIntent? Resumed => Decision.Action == RowAction.Resume ? Record?.Recorded.OpenIntent : null;

    /// <summary>Whether an earlier run may have executed it.</summary>
    internal bool IsInDoubt => IsRepeat || Record is { Recorded.IsInDoubt: true };
}
