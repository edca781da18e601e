using IotCard.Client.Journaling;
using IotCard.Client.Running;
using IotCard.Client.Sending;
using IotCard.Texts;

namespace IotCard.Commands;

/// <summary>What a command holds that changes bindings: beside the run, the journal.</summary>
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

    /// <summary>The journal's file; null where the run keeps none.</summary>
    internal string? JournalPath => Journal?.Path;

    internal bool IsJournalAutomatic => Journal?.IsAutomatic == true;

    /// <summary>Why the journal can no longer be written; null while it can.</summary>
    internal JournalException? JournalFailure => Run.JournalFailure ?? Journal?.Failure;

    internal override IRun CurrentRun => Run;

    /// <summary>Only where there is a journal is what is in flight awaited for a moment, so that its end is recorded.</summary>
    private protected override TimeSpan Grace => Journal is null ? TimeSpan.Zero : TimeSpan.FromSeconds(2);

    /// <summary>Finds the credential, opens the journal and makes ready to send.</summary>
    /// <exception cref="IotCardException">There is no credential to be had, or the journal cannot be used.</exception>
    internal static BindingSession Open(BindingCommand command, JournalJob job, string? journalPath, Text text)
    {
        var connection = ServiceConnection.Open(command, text);
        var options = connection.OptionsFor(command, job.Endpoint, command.RequestsPerSecond, command.MidChannelId);
        var sender = new OperationSender(options, connection.Credentials, connection.Transport);
        var run = new BindingRun(sender, new RunOptions { ThrottleLimit = command.ThrottleLimit, StopsAtFailure = command.WillStop });

        // Last, since what follows an opened journal must not fail and leave it locked.
        var journal = OpenJournal(command, job, journalPath, options.Clock, text);
        return new BindingSession(connection, sender, run, journal);
    }

    /// <summary>Opens the journal that the command names, or begins the run's own; null where none is to be kept.</summary>
    private static Journal? OpenJournal(BindingCommand command, JournalJob job, string? journalPath, TimeProvider clock, Text text)
    {
        if (command.NoJournal)
        {
            return null;
        }

        if (journalPath is null)
        {
            return AutomaticJournals.ForUser(Environment.GetEnvironmentVariable).CreateAsync(job, clock).GetAwaiter().GetResult();
        }

        var journal = OpenJournal(() => Journal.OpenAsync(journalPath, job, clock).GetAwaiter().GetResult(), text);
        if (journal.IsWritableByOthers)
        {
            command.WriteWarning(text.Format("JournalWritableByOthers", journalPath));
        }

        return journal;
    }

    /// <summary>Hands a row to the run.</summary>
    /// <param name="plan">What is to be done with it; null where nothing is.</param>
    internal void Add(RowPlan? plan)
    {
        if (plan is { Settled: { } settled })
        {
            Run.EnqueueSettled(settled, plan.IsFromJournal, plan.Message);
        }
        else if (plan is not null)
        {
            Run.Add(plan.Row, plan.Entry, plan.Resumed, plan.IsRepeat);
        }
    }

    private protected override void Close()
    {
        Journal?.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Run.Dispose();
        _sender.Dispose();
    }
}
