using System.Management.Automation;
using IotCard.Client.Cards;
using IotCard.Client.Journaling;
using IotCard.Client.Service;
using IotCard.Input;

namespace IotCard.Commands;

/// <summary>
/// The base of the commands that change bindings: their shared parameters, and the way of every row from
/// <see cref="RowPlanner"/> through the run to <see cref="ResultPublisher"/>.
/// </summary>
public abstract class BindingCommand : RowCommand
{
    private BindingSession? _session;
    private Journal? _whatIfJournal;
    private RowPlanner? _planner;
    private ResultPublisher? _publisher;

    /// <summary>Keeps no journal. With neither this nor <see cref="RowCommand.JournalPath"/>, the run keeps one in the user's state folder.</summary>
    [Parameter]
    public SwitchParameter NoJournal { get; set; }

    /// <summary>
    /// Resends rows whose outcome is Unknown according to the journal or the row's own Outcome. They may already have
    /// been executed.
    /// </summary>
    [Parameter]
    public SwitchParameter RetryUnknown { get; set; }

    /// <summary>The channel id that the official clients send; omitted by default.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? MidChannelId { get; set; }

    internal override bool ResendsUnknown => RetryUnknown;

    /// <summary>Finds the credential and opens the journal, except in a dry run.</summary>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _planner = new RowPlanner(this, Text);
        Start(Open);
        _publisher = new ResultPublisher(this, Text, _session);
        if (_session is not null)
        {
            Begin(_session, _publisher);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            _whatIfJournal?.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    private protected sealed override void Take(BindingRow row, InputRow input)
    {
        var plan = _planner!.Plan(row, input, _session?.Journal ?? _whatIfJournal, _session?.Run.AbortReason);
        if (_session is not null)
        {
            if (plan is not null)
            {
                _session.Run.Add(plan.ToRow());
            }

            Publish();
        }
        else if (plan?.Settled is not null)
        {
            _publisher!.Write(plan.ToRow());
        }
    }

    /// <summary>A stopped run has no pipeline left to write to, so it reports its rows' outcomes on the host.</summary>
    private protected sealed override void ReportEarlyEnd()
    {
        var preference = GetPreference("WarningAction", "WarningPreference");
        if (_session is not { IsReported: false } session || session.Run.Counts.Enqueued == 0 || preference is nameof(ActionPreference.SilentlyContinue) or nameof(ActionPreference.Ignore))
        {
            return;
        }

        session.IsReported = true;
        var counts = session.Run.Counts;
        var summary = Text.Format("RunStopped", counts.Enqueued, counts.Succeeded, counts.Failed, counts.Unknown);
        try
        {
            Host.UI.WriteWarningLine(session.JournalPath is { } path ? Text.Format("Sentences", summary, Text.Format("RunSummaryJournal", path)) : summary);
        }
        catch (Exception failure) when (failure is PSInvalidOperationException or PSNotImplementedException or NotImplementedException or InvalidOperationException)
        {
            // A host without a user interface has nowhere to show it.
            return;
        }
    }

    private string? GetPreference(string parameter, string variable) =>
        (MyInvocation.BoundParameters.TryGetValue(parameter, out var bound) ? bound : SessionState.PSVariable.GetValue(variable))?.ToString();

    private void Open()
    {
        var job = new JournalJob(RowOperation, Service.Address);
        var journalPath = FindJournalPath();
        if (journalPath is not null && NoJournal)
        {
            throw new IotCardException("JournalPathAndNoJournal", Text.Get("Start_JournalPathAndNoJournal"));
        }

        CheckPolicy(BindingApi.Product, BindingApi.ActionName, IsWhatIf());
        if (IsWhatIf())
        {
            _whatIfJournal = journalPath is null ? null : RunSession.OpenJournal(() => Journal.OpenForWhatIf(journalPath, job), Text);
            return;
        }

        Announce(Service);
        _session = BindingSession.Open(this, job, journalPath, Text);
    }

    private bool IsWhatIf() =>
        MyInvocation.BoundParameters.TryGetValue("WhatIf", out var bound)
            ? LanguagePrimitives.IsTrue(bound)
            : LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference"));
}
