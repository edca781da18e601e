using System.Management.Automation;
using IotCard.Client.Cards;
using IotCard.Client.Journaling;
using IotCard.Client.Sending;
using IotCard.Errors;
using IotCard.Texts;

namespace IotCard.Commands;

/// <summary><c>Resolve-IotCardJournal</c>: records what a person has found out about rows whose outcome is Unknown. It appends to the journal and sends nothing.</summary>
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

    /// <summary>The IMEI that the card was bound to when its row was sent; all the card's Unknown rows where not given. It does not come from the pipeline, where a card's IMEI may be the new one.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Imei { get; set; }

    /// <summary>What became of the rows: <c>Succeeded</c>, carried out; or <c>Failed</c>, not carried out.</summary>
    [Parameter(Mandatory = true)]
    [ValidateSet(nameof(Verdict.Succeeded), nameof(Verdict.Failed))]
    public string Outcome { get; set; } = null!;

    /// <summary>Who found it out, and how. It stays in the journal.</summary>
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
            ThrowTerminatingError(new ErrorReport(Text).Of(
                new IotCardException("JournalNotInFileSystem", Text.Format("Start_JournalNotInFileSystem", Path, provider.Name)), Path));
        }

        _file = path;
    }

    /// <summary>Records what became of each card's rows.</summary>
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
                WriteError(new ErrorReport(Text).Of(failure, cell));
            }
        }
    }

    private void Resolve(string iccid)
    {
        if (RowCheck.FindIccidFault(iccid) is { } fault)
        {
            throw new IotCardException(fault.Code, new OutcomeText(Text).Of(fault));
        }

        var imei = Imei is null ? null : BindingRow.ReadCell(Imei);
        var rows = RunSession.OpenJournal(() => JournalResolver.Find(_file!, iccid, imei, TimeProvider.System), Text);
        var operation = Text.Get(rows[0].Row.Operation.ToString());
        _confirmation ??= new Confirmation(this, Text);
        if (!_confirmation.ShouldProcess(Text.Format("ResolveTarget", iccid, operation, rows.Count, Path), Text.Get("ResolveAction_" + Outcome)))
        {
            return;
        }

        var verdict = string.Equals(Outcome, nameof(Verdict.Succeeded), StringComparison.OrdinalIgnoreCase) ? Verdict.Succeeded : Verdict.Failed;
        var resolved = RunSession.OpenJournal(
            () => JournalResolver.ResolveAsync(_file!, iccid, imei, verdict, Comment, TimeProvider.System).GetAwaiter().GetResult(), Text);
        foreach (var outcome in resolved)
        {
            WriteObject(new BindingResult(outcome, new OutcomeText(Text).Of(outcome), isFromJournal: true));
        }
    }
}
