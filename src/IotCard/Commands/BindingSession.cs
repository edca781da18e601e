using IotCard.Client.Journaling;
using IotCard.Client.Platform;
using IotCard.Client.Running;
using IotCard.Client.Sending;
using IotCard.Texts;

namespace IotCard.Commands;

/// <summary>The session of a command that changes bindings: the run and its journal.</summary>
internal sealed class BindingSession : RunSession
{
    private readonly OperationSender _sender;

    private BindingSession(ServiceConnection connection, OperationSender sender, BindingRun run, Journal? journal)
        : base(connection, [sender.Requests])
    {
        _sender = sender;
        Run = run;
        Journal = journal;
    }

    internal BindingRun Run { get; }

    internal Journal? Journal { get; }

    /// <summary>The journal's file; null if the run keeps none, or has nothing in it yet.</summary>
    internal string? JournalPath => Journal is { IsKept: true } ? Journal.Path : null;

    internal bool IsJournalAutomatic => Journal?.IsAutomatic == true;

    /// <summary>Why the journal can no longer be written; null while it can.</summary>
    internal JournalException? JournalFailure => Run.JournalFailure ?? Journal?.Failure;

    internal override IRun CurrentRun => Run;

    /// <summary>Requests in flight are awaited for a moment only if there is a journal to record them.</summary>
    private protected override TimeSpan Grace => Journal is null ? TimeSpan.Zero : TimeSpan.FromSeconds(2);

    /// <summary>Finds the credential, opens the journal and prepares the senders.</summary>
    /// <exception cref="IotCardException">No credential is available, or the journal cannot be used.</exception>
    internal static BindingSession Open(BindingCommand command, JournalJob job, string? journalPath, Text text)
    {
        var connection = ServiceConnection.Open(command, text);
        var options = connection.OptionsFor(command, job.Endpoint, command.RequestsPerSecond, command.MidChannelId);
        var sender = new OperationSender(options, connection.Credentials, connection.Transport);
        var run = new BindingRun(sender, new RunOptions { ThrottleLimit = command.ThrottleLimit, StopsAtFailure = command.WillStop });

        // Last, because a failure after this would leave the journal locked.
        var key = connection.Credentials.GetCredentialAsync(command.StopToken).AsTask().GetAwaiter().GetResult().MaskedAccessKeyId;
        var journal = OpenJournal(command, job, journalPath, options.Clock, JournalCaller.Current(key), text);
        return new BindingSession(connection, sender, run, journal);
    }

    /// <summary>Opens the named journal, or creates the run's own; null if none is to be kept.</summary>
    private static Journal? OpenJournal(BindingCommand command, JournalJob job, string? journalPath, TimeProvider clock, JournalCaller caller, Text text)
    {
        if (command.NoJournal)
        {
            return null;
        }

        if (journalPath is null)
        {
            return AutomaticJournals.ForUser(Environment.GetEnvironmentVariable).CreateAsync(job, clock, caller).GetAwaiter().GetResult();
        }

        var journal = OpenJournal(() => Journal.OpenAsync(journalPath, job, clock, caller).GetAwaiter().GetResult(), text);
        if (journal.Trust is { Reason: TrustReason.OtherOwner or TrustReason.WritableByOthers } found)
        {
            command.WriteWarning(text.Format("Journal" + found.Reason, journalPath, found.Place, found.Who));
        }

        return journal;
    }

    private protected override void Close()
    {
        Journal?.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Run.Dispose();
        _sender.Dispose();
    }
}
