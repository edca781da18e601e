using System.Management.Automation;
using IotCard.Client.Cards;
using IotCard.Client.Journaling;
using IotCard.Client.Platform;
using IotCard.Client.Rules;
using IotCard.Client.Running;
using IotCard.Client.Service;
using IotCard.Input;
using IotCard.Output;
using IotCard.Prompts;
using IotCard.Sessions;

namespace IotCard.Commands;

/// <summary>
/// The base of the commands that change bindings: their shared parameters, and the way of a list from the plan through the
/// run to <see cref="BindingWriter"/>.
/// </summary>
public abstract class BindingCommand : RowCommand
{
    private BindingSession? _session;
    private Journal? _whatIfJournal;
    private InputList? _list;
    private ServicePlace? _place;
    private BindingWriter? _writer;

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

    private protected override bool ResendsUnknown => RetryUnknown;

    private BindingOperation Operation => Unbinds ? BindingOperation.Unbind : BindingOperation.Rebind;

    /// <summary>Finds the credential and opens the journal, except in a dry run.</summary>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _list = new InputList(Operation, RetryUnknown, Text);
        Start(Open);
        _place = new ServicePlace(Service, _session?.AccessKeyId, Text);
        _writer = new BindingWriter(this, Text, _session, _place);
        if (_session is not null)
        {
            Begin(_session, _writer, "ProgressActivity");
        }
    }

    /// <summary>Plans the list, asks for each row that would be sent, and only then sends the first one.</summary>
    protected override void EndProcessing()
    {
        var hash = Plan(_list!, _session?.Journal ?? _whatIfJournal);
        _writer!.MissingCount = _list!.MissingCount;
        var rows = Confirm(_list.Rows);
        _list = null;
        if (_session is not null)
        {
            Run(_session, rows, hash);
        }
        else
        {
            rows.ForEach(_writer.Write);
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
        var confirmation = new RowConfirmation(this, Text, _place!);
        return [.. rows.Where(row => !row.Decision.Sends || confirmation.Confirms(row))];
    }

    private void Run(BindingSession session, List<Row> rows, string hash)
    {
        Start(() => session.Accept(rows, hash, Text));
        do
        {
            session.Feed();
            Publish();
        }
        while (session.HasMore);
    }

    private void Open()
    {
        var common = new CommonParameters(this);
#if NET
        if (!common.IsWhatIf)
        {
            WarmUp.Start();
        }

#endif
        var job = new JournalJob(Operation, Service.Address);
        var journalPath = FindJournalPath();
        if (journalPath is not null && NoJournal)
        {
            throw new IotCardException("JournalPathAndNoJournal", Text.Get("Start_JournalPathAndNoJournal"));
        }

        CheckPolicy(BindingApi.Product, BindingApi.ActionName, common.IsWhatIf);
        if (common.IsWhatIf)
        {
            _whatIfJournal = journalPath is null ? null : JournalAccess.Open(() => Journal.OpenForWhatIf(journalPath, job), Text);
            return;
        }

        Announce(Service);
        var connection = Connect();
        var options = new BindingOptions
        {
            Sender = OptionsFor(connection, Service.Address, RequestsPerSecond) with { MidChannelId = MidChannelId },
            Run = new RunOptions { ThrottleLimit = ThrottleLimit, StopsAtFailure = common.StopsAtError, MaximumFailureCount = MaximumFailureCount },
            Job = job,
            JournalPath = journalPath,
            KeepsNoJournal = NoJournal,
        };
        _session = BindingSession.Open(connection, options, Text, StopToken);
        if (journalPath is not null && _session.Journal?.Trust is { Reason: TrustReason.OtherOwner or TrustReason.WritableByOthers } found)
        {
            WriteWarning(Text.Format("Journal" + found.Reason, journalPath, found.Place, found.Who));
        }
    }
}
