using System.Management.Automation;
using IotCard.Client.Journaling;
using IotCard.Client.Planning;
using IotCard.Input;
using IotCard.Sessions;

namespace IotCard.Commands;

/// <summary>The base of the commands whose input is rows with a card, its device and, for a rebind, the new device.</summary>
public abstract class RowCommand : RunCommand
{
    /// <summary>The parameter set of a row that is given by parameters alone.</summary>
    private protected const string CardSet = "Card";

    /// <summary>The parameter set of rows given as objects.</summary>
    private protected const string InputSet = "InputObject";

    private InputReader? _reader;
    private long _rowNumber;

    /// <summary>The card's ICCID: 19 or 20 letters and digits, starting with 89.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = CardSet, HelpMessageBaseName = Texts.Text.BaseName, HelpMessageResourceId = "Prompt_Iccid")]
    [Parameter(Position = 0, ParameterSetName = InputSet)]
    [AllowNull]
    [AllowEmptyString]
    public virtual string? Iccid { get; set; }

    /// <summary>The IMEI that the card is currently bound to: 15 digits, or 14 or 16 as the binding was recorded.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = CardSet, HelpMessageBaseName = Texts.Text.BaseName, HelpMessageResourceId = "Prompt_Imei")]
    [Parameter(Position = 1, ParameterSetName = InputSet)]
    [Alias("CurrentImei", "设备IMEI", "当前IMEI")]
    [AllowNull]
    [AllowEmptyString]
    public virtual string? Imei { get; set; }

    /// <summary>
    /// A row as an object, such as from Import-Csv. Its properties are read by name here rather than bound by the
    /// engine, which knows only exact names, takes the first of several, and ends the pipeline when one cannot be read.
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputSet)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>The journal of the job: an append-only JSON Lines file. Run the same input with the same journal again to resume.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? JournalPath { get; set; }

    /// <summary>Accepts IMEIs in spite of their check digit: a wrong one, or 14 digits that a lost zero would make valid.</summary>
    [Parameter]
    public SwitchParameter SkipCheckDigit { get; set; }

    /// <summary>Accepts rows that repeat or contradict other rows of the list, and ICCIDs that look as if a spreadsheet had rounded them.</summary>
    [Parameter]
    public SwitchParameter SkipListCheck { get; set; }

    /// <summary>
    /// The hash of the list that was approved, from <c>Test-IotCardBinding -Summary</c>. With any other list the command
    /// ends before anything is sent.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ApprovedHash { get; set; }

    /// <summary>Whether to resend rows that may have been executed before.</summary>
    private protected virtual bool ResendsUnknown => false;

    /// <summary>Notes which parameters the command line sets.</summary>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _reader = new InputReader(new GivenColumns(MyInvocation.BoundParameters));
    }

    /// <summary>Reads a row. Nothing is decided before the whole list was read.</summary>
    protected override void ProcessRecord() =>
        Take(ParameterSetName == CardSet ? _reader!.ReadParameters() : _reader!.Read(InputObject), ++_rowNumber);

    /// <summary>Adds a row to the list.</summary>
    /// <param name="input">What it is read from.</param>
    /// <param name="number">Its place in the input, from 1.</param>
    private protected abstract void Take(InputRow input, long number);

    /// <summary>Plans a list, now that it was read.</summary>
    /// <returns>The list's hash.</returns>
    private protected string Plan(InputList list, Journal? journal)
    {
        var options = new PlanOptions { SkipsCheckDigit = SkipCheckDigit, SkipsListCheck = SkipListCheck, RetriesUnknown = ResendsUnknown };
        var hash = string.Empty;
        Start(() => hash = new ListPlan(this, Text, options, Service.Address).Make(list, journal, ApprovedHash));
        return hash;
    }

    /// <summary>The journal's path in the file system; null if none is named.</summary>
    /// <exception cref="IotCardException">The path is blank, or not in the file system.</exception>
    private protected string? FindJournalPath() =>
        JournalPath is not { } path ? null
        : string.IsNullOrWhiteSpace(path) ? throw new IotCardException(JournalErrorCode.NotWritable, Text.Get("Start_JournalPathBlank"))
        : JournalAccess.FindPath(SessionState.Path, path, Text);

    private protected override object? TargetOf(IotCardException failure) =>
        failure.Code.StartsWith("Journal", StringComparison.Ordinal) ? JournalPath
        : failure.Code is InputFault.MissingColumn or ListPlan.NotApproved ? null
        : base.TargetOf(failure);
}
