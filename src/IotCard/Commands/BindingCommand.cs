using System.Management.Automation;
using IotCard.Client.Cards;
using IotCard.Client.Journaling;
using IotCard.Client.Rules;
using IotCard.Client.Service;
using IotCard.Input;

namespace IotCard.Commands;

/// <summary>
/// The base of the commands that change bindings: their shared parameters, and the way of a list from the plan through the
/// run to <see cref="ResultPublisher"/>.
/// </summary>
public abstract class BindingCommand : RowCommand
{
    private BindingSession? _session;
    private Journal? _whatIfJournal;
    private InputList? _list;
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

    /// <summary>
    /// The run stops once more rows than this did not succeed, of those that it has sent, 0 to 1000000; no limit by default.
    /// </summary>
    [Parameter]
    [ValidateRange(0, 1000000)]
    public int? MaximumFailureCount { get; set; }

    internal override bool ResendsUnknown => RetryUnknown;

    private BindingOperation Operation => Unbinds ? BindingOperation.Unbind : BindingOperation.Rebind;

    /// <summary>Finds the credential and opens the journal, except in a dry run.</summary>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _list = new InputList(Operation, RetryUnknown, Text);
        Start(Open);
        _publisher = new ResultPublisher(this, Text, _session);
        if (_session is not null)
        {
            Begin(_session, _publisher);
        }
    }

    /// <summary>Plans the list, asks for each row that would be sent, and only then sends the first one.</summary>
    protected override void EndProcessing()
    {
        Plan(_list!, _session?.Journal ?? _whatIfJournal);
        _publisher!.MissingCount = _list!.MissingCount;
        var rows = Confirm(_list.Rows);
        var hash = _session?.Journal is null ? null : HashOf(_list);
        _list = null;
        if (_session is not null)
        {
            Run(_session, rows, hash);
        }
        else
        {
            rows.ForEach(_publisher.Write);
        }

        base.EndProcessing();
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

    /// <summary>Whether the operation is an unbind. No virtual member here can name the operation's type: <see cref="Loading.DependencyLoader"/>.</summary>
    private protected abstract bool Unbinds { get; }

    /// <summary>Creates the row from the current parameters and object.</summary>
    private protected abstract BindingRow CreateRow(InputRow input);

    private protected sealed override void Take(InputRow input, long number) => _list!.Add(CreateRow(input) with { RowNumber = number }, input);

    /// <summary>The rows that were not declined.</summary>
    private List<Row> Confirm(IReadOnlyList<Row> rows)
    {
        var confirmation = new RowConfirmation(this, Text, _session?.Place ?? new ServicePlace(Service, accessKeyId: null, Text));
        return [.. rows.Where(row => !row.Decision.Sends || confirmation.Confirms(row))];
    }

    private void Run(BindingSession session, List<Row> rows, string? hash)
    {
        Start(() => session.Accept(rows, hash, Text));
        do
        {
            session.Feed();
            Publish();
        }
        while (session.HasMore);
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
        try
        {
            Host.UI.WriteWarningLine(new RunSummary(session, Text).DescribeEarlyEnd());
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
        var job = new JournalJob(Operation, Service.Address);
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
