using IotCard.Client.Journaling;
using IotCard.Client.Running;
using IotCard.Client.Sending;

namespace IotCard.Sessions;

/// <summary>How a command changes bindings.</summary>
internal sealed class BindingOptions
{
    /// <summary>How requests are sent.</summary>
    internal required SenderOptions Sender { get; init; }

    /// <summary>The limits of the run.</summary>
    internal required RunOptions Run { get; init; }

    /// <summary>What the journal is for.</summary>
    internal required JournalJob Job { get; init; }

    /// <summary>The journal's file; null for an automatic journal.</summary>
    internal string? JournalPath { get; init; }

    /// <summary>Whether no journal is kept.</summary>
    internal bool KeepsNoJournal { get; init; }
}
