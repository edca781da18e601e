using System.Management.Automation;
using IotCard.Client.Cards;
using IotCard.Client.Journaling;
using IotCard.Input;

namespace IotCard.Commands;

/// <summary>The base of the commands whose input is rows with a card, its device and, for a rebind, the new device.</summary>
public abstract class RowCommand : RunCommand
{
    /// <summary>The parameter set of a row that is given by parameters alone.</summary>
    private protected const string CardSet = "Card";

    /// <summary>The parameter set of rows given as objects.</summary>
    private protected const string InputSet = "InputObject";

    private readonly List<(BindingRow Row, InputRow Input)> _blankRows = [];
    private InputReader? _reader;
    private long _rowNumber;

    /// <summary>The card's ICCID: 19 or 20 letters and digits, starting with 89.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = CardSet, HelpMessageBaseName = Texts.Text.BaseName, HelpMessageResourceId = "Prompt_Iccid")]
    [Parameter(Position = 0, ParameterSetName = InputSet)]
    [AllowNull]
    [AllowEmptyString]
    public string? Iccid { get; set; }

    /// <summary>The IMEI that the card is currently bound to: 15 digits, or 14 or 16 as the binding was recorded.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = CardSet, HelpMessageBaseName = Texts.Text.BaseName, HelpMessageResourceId = "Prompt_Imei")]
    [Parameter(Position = 1, ParameterSetName = InputSet)]
    [Alias("CurrentImei", "设备IMEI", "当前IMEI")]
    [AllowNull]
    [AllowEmptyString]
    public string? Imei { get; set; }

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

    /// <summary>Accepts IMEIs that the check digit speaks against: a wrong one, or 14 digits that a lost zero would make valid.</summary>
    [Parameter]
    public SwitchParameter SkipCheckDigit { get; set; }

    /// <summary>The operation on the cards.</summary>
    internal BindingOperation RowOperation => Unbinds ? BindingOperation.Unbind : BindingOperation.Rebind;

    /// <summary>Whether to resend rows that may have been executed before.</summary>
    internal virtual bool ResendsUnknown => false;

    /// <summary>Whether the operation is an unbind. No virtual member here can name the operation's type: <see cref="Loading.DependencyLoader"/>.</summary>
    private protected abstract bool Unbinds { get; }

    /// <summary>Notes which parameters the command line sets.</summary>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _reader = new InputReader(new HashSet<string>(MyInvocation.BoundParameters.Keys, StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>Reads the row and adds it, after any blank ones before it.</summary>
    protected override void ProcessRecord()
    {
        var input = ParameterSetName == CardSet ? _reader!.ReadParameters() : _reader!.Read(InputObject);
        var row = CreateRow(input) with { RowNumber = ++_rowNumber };

        // Looking at every property of an object costs more than reading its recognized columns.
        if (!input.Holds(InputColumn.Iccid) && input.IsBlank)
        {
            // Only what follows shows whether this is just the end of a file.
            _blankRows.Add((row, input));
            return;
        }

        foreach (var blank in _blankRows)
        {
            Take(blank.Row, blank.Input);
        }

        _blankRows.Clear();
        Take(row, input);
    }

    /// <summary>Reports the blank rows and ends the run.</summary>
    protected override void EndProcessing()
    {
        foreach (var blank in _blankRows)
        {
            WriteVerbose(Text.Format("BlankRowSkipped", blank.Row.RowNumber));
        }

        base.EndProcessing();
    }

    /// <summary>Creates the row from the current parameters and object.</summary>
    private protected abstract BindingRow CreateRow(InputRow input);

    /// <summary>Adds a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="input">What it was read from.</param>
    private protected abstract void Take(BindingRow row, InputRow input);

    /// <summary>The journal's path in the file system; null if none is named.</summary>
    /// <exception cref="IotCardException">The path is not in the file system, or does not exist.</exception>
    private protected string? FindJournalPath()
    {
        if (JournalPath is null)
        {
            return null;
        }

        if (string.IsNullOrWhiteSpace(JournalPath))
        {
            throw new IotCardException(JournalErrorCode.NotWritable, Text.Get("Start_JournalPathBlank"));
        }

        var path = SessionState.Path.GetUnresolvedProviderPathFromPSPath(JournalPath, out var provider, out _);
        return provider.Name == "FileSystem"
            ? path
            : throw new IotCardException("JournalNotInFileSystem", Text.Format("Start_JournalNotInFileSystem", JournalPath, provider.Name));
    }

    private protected override object? TargetOf(IotCardException failure) =>
        failure.Code.StartsWith("Journal", StringComparison.Ordinal) ? JournalPath : base.TargetOf(failure);
}
