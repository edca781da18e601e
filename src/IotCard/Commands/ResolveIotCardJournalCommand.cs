using System.Management.Automation;
using IotCard.Client.Cards;
using IotCard.Client.Journaling;
using IotCard.Client.Rules;
using IotCard.Errors;
using IotCard.Texts;

namespace IotCard.Commands;

/// <summary>
/// <c>Resolve-IotCardJournal</c>: records what a person has found out about rows whose outcome is Unknown. It appends
/// to the journal and sends nothing.
/// </summary>
[Cmdlet(VerbsDiagnostic.Resolve, "IotCardJournal", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(BindingResult))]
public sealed class ResolveIotCardJournalCommand : PSCmdlet
{
    private Text? _text;
    private string? _file;
    private Confirmation? _confirmation;

    /// <summary>The journal.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("JournalPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = null!;

    /// <summary>The cards' ICCIDs.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true, HelpMessageBaseName = Texts.Text.BaseName, HelpMessageResourceId = "Prompt_Iccid")]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public string?[]? Iccid { get; set; }

    /// <summary>
    /// The IMEI that the card was bound to when its row was sent; by default all of the card's Unknown rows. It does
    /// not bind from the pipeline, where a card's IMEI may be the new one.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Imei { get; set; }

    /// <summary>The rows' outcome: <c>Succeeded</c> (executed) or <c>Failed</c> (not executed).</summary>
    [Parameter(Mandatory = true)]
    [ValidateSet(nameof(OutcomeStatus.Succeeded), nameof(OutcomeStatus.Failed))]
    public string Outcome { get; set; } = null!;

    /// <summary>Who found it out, and how. It is recorded in the journal.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Comment { get; set; }

    private Text Text => _text ??= new Text(Host.CurrentUICulture);

    /// <summary>Finds the file.</summary>
    protected override void BeginProcessing()
    {
        var path = SessionState.Path.GetUnresolvedProviderPathFromPSPath(Path, out var provider, out _);
        if (provider.Name != "FileSystem")
        {
            ThrowTerminatingError(new ErrorReport(Text).Create(
                new IotCardException("JournalNotInFileSystem", Text.Format("Start_JournalNotInFileSystem", Path, provider.Name)), Path));
        }

        _file = path;
    }

    /// <summary>Records the outcome of each card's rows.</summary>
    protected override void ProcessRecord()
    {
        foreach (var cell in Iccid ?? [null])
        {
            try
            {
                Resolve(BindingRow.ReadCell(cell));
            }
            catch (IotCardException failure)
            {
                WriteError(new ErrorReport(Text).Create(failure, cell));
            }
        }
    }

    private void Resolve(string iccid)
    {
        if (RowCheck.FindIccidFault(iccid) is { } fault)
        {
            throw new IotCardException(fault.Code, new OutcomeText(Text).Describe(fault));
        }

        var imei = Imei is null ? null : BindingRow.ReadCell(Imei);
        var rows = RunSession.OpenJournal(() => JournalResolver.Find(_file!, iccid, imei, TimeProvider.System), Text);
        var operation = Text.Get(rows[0].Row.Operation.ToString());
        _confirmation ??= new Confirmation(this, Text);
        if (!_confirmation.ShouldProcess(Text.Format("ResolveTarget", iccid, operation, rows.Count, Path), Text.Get("ResolveAction_" + Outcome)))
        {
            return;
        }

        var status = string.Equals(Outcome, nameof(OutcomeStatus.Succeeded), StringComparison.OrdinalIgnoreCase) ? OutcomeStatus.Succeeded : OutcomeStatus.Failed;
        var resolved = RunSession.OpenJournal(
            () => JournalResolver.ResolveAsync(_file!, iccid, imei, status, Comment, TimeProvider.System).GetAwaiter().GetResult(), Text);
        foreach (var outcome in resolved)
        {
            WriteObject(new BindingResult(outcome, new OutcomeText(Text).Describe(outcome), isFromJournal: true).ToOutput());
        }
    }
}
