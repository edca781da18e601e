using System.Management.Automation;
using IotCard.Client.Cards;
using IotCard.Client.Journaling;

namespace IotCard.Commands;

/// <summary>What the commands have in common whose input is rows of a card, its device and, for a rebind, the new device.</summary>
public abstract class RowCommand : RunCommand
{
    /// <summary>The parameter set of a row that is given by parameters alone.</summary>
    private protected const string CardSet = "Card";

    /// <summary>The parameter set of rows that come as objects.</summary>
    private protected const string InputSet = "InputObject";

    private readonly List<(BindingRow Row, InputCells Cells)> _blankRows = [];
    private HashSet<string> _given = [];
    private long _rowNumber;

    /// <summary>The card's ICCID: 19 or 20 letters and digits, starting with 89.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = CardSet, HelpMessageBaseName = Texts.Text.BaseName, HelpMessageResourceId = "Prompt_Iccid")]
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = InputSet)]
    [AllowNull]
    [AllowEmptyString]
    public string? Iccid { get; set; }

    /// <summary>The IMEI that the card is bound to now: 15 digits, or 14 or 16 as the binding was recorded.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = CardSet, HelpMessageBaseName = Texts.Text.BaseName, HelpMessageResourceId = "Prompt_Imei")]
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true, ParameterSetName = InputSet)]
    [Alias("CurrentImei", "设备IMEI")]
    [AllowNull]
    [AllowEmptyString]
    public string? Imei { get; set; }

    /// <summary>A row as an object, such as Import-Csv gives it; its properties are bound by their names.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputSet)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>The journal of the job: an append-only JSON Lines file. Run the same input with the same journal again to resume.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? JournalPath { get; set; }

    /// <summary>Whether a new IMEI with a wrong check digit may be sent.</summary>
    internal virtual bool PassWrongCheckDigit => false;

    /// <summary>What is to be done to the cards.</summary>
    internal abstract BindingOperation RowOperation { get; }

    /// <summary>Whether rows are sent again that may have been carried out before.</summary>
    internal virtual bool SendsUnknown => false;

    private protected IReadOnlyList<string> RequiredColumns =>
        RowOperation == BindingOperation.Rebind ? [nameof(Iccid), nameof(Imei), nameof(BindingRow.NewImei)] : [nameof(Iccid), nameof(Imei)];

    /// <summary>Notes which parameters the command line gives.</summary>
    protected override void BeginProcessing() =>
        _given = new HashSet<string>(MyInvocation.BoundParameters.Keys, StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads the row and takes it in, after blank ones before it.</summary>
    protected override void ProcessRecord()
    {
        var cells = new InputCells(InputObject, _given);
        var row = CreateRow(cells) with { RowNumber = ++_rowNumber };

        // To look at every property of an object costs more than to bind it.
        if (!cells.Holds(nameof(Iccid), row.Iccid) && cells.IsBlank)
        {
            // Only what follows can tell whether this is just the end of a file.
            _blankRows.Add((row, cells));
            return;
        }

        foreach (var blank in _blankRows)
        {
            Take(blank.Row, blank.Cells);
        }

        _blankRows.Clear();
        Take(row, cells);
    }

    /// <summary>Says which rows were blank, and ends the run.</summary>
    protected override void EndProcessing()
    {
        foreach (var blank in _blankRows)
        {
            WriteVerbose(Text.Format("BlankRowSkipped", blank.Row.RowNumber));
        }

        base.EndProcessing();
    }

    /// <summary>Makes the row of what the parameters and the object hold now.</summary>
    private protected abstract BindingRow CreateRow(InputCells cells);

    /// <summary>Takes a row in.</summary>
    /// <param name="row">The row.</param>
    /// <param name="cells">The cells that it was read from.</param>
    /// <param name="missing">The columns that it lacks.</param>
    private protected abstract void Take(BindingRow row, InputCells cells, IReadOnlyList<string> missing);

    /// <summary>The journal's file in the file system; null where none is named.</summary>
    /// <exception cref="IotCardException">It is somewhere else, or nowhere.</exception>
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
            : throw new IotCardException(JournalErrorCode.NotWritable, Text.Format("Start_" + JournalErrorCode.NotWritable, JournalPath, provider.Name));
    }

    private protected override object? TargetOf(IotCardException failure) =>
        failure.Code.StartsWith("Journal", StringComparison.Ordinal) ? JournalPath : base.TargetOf(failure);

    private void Take(BindingRow row, InputCells cells) =>
        Take(row, cells, HasEveryCell(row) || (InputObject is null && cells.Columns.Count == 0 && ParameterSetName == CardSet) ? [] : cells.FindMissing(RequiredColumns));

    private static bool HasEveryCell(BindingRow row) =>
        row.Iccid.Length > 0 && row.Imei.Length > 0 && (row.Operation == BindingOperation.Unbind || row.NewImei?.Length > 0);
}
