using System.Management.Automation;
using IotCard.Client.Cards;
using IotCard.Client.Journaling;
using IotCard.Client.Rules;
using IotCard.Client.Settling;
using IotCard.Errors;
using IotCard.Prompts;
using IotCard.Sessions;
using IotCard.Texts;

namespace IotCard.Commands;

/// <summary>
/// <c>Resolve-IotCardJournal</c>: records what a person, or the account's audit trail, knows about rows whose outcome is
/// Unknown. It appends to the journal, and no operation is sent.
/// </summary>
[Cmdlet(VerbsDiagnostic.Resolve, "IotCardJournal", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = ByPerson)]
[OutputType(typeof(BindingResult))]
public sealed class ResolveIotCardJournalCommand : AuditTrailCommand
{
    private const string ByPerson = nameof(ByPerson);
    private const string ByAuditTrail = nameof(ByAuditTrail);

    private string? _file;
    private Confirmation? _confirmation;

    /// <summary>The journal.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("JournalPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = null!;

    /// <summary>The cards' ICCIDs.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = ByPerson, ValueFromPipelineByPropertyName = true, HelpMessageBaseName = Texts.Text.BaseName, HelpMessageResourceId = "Prompt_Iccid")]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public string?[]? Iccid { get; set; }

    /// <summary>
    /// The IMEI that the card was bound to when its row was sent; by default all of the card's Unknown rows. It does
    /// not bind from the pipeline, where a card's IMEI may be the new one.
    /// </summary>
    [Parameter(ParameterSetName = ByPerson)]
    [ValidateNotNullOrEmpty]
    public string? Imei { get; set; }

    /// <summary>The rows' outcome: <c>Succeeded</c> (executed) or <c>Failed</c> (not executed).</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByPerson)]
    [ValidateSet(nameof(OutcomeStatus.Succeeded), nameof(OutcomeStatus.Failed))]
    public string Outcome { get; set; } = null!;

    /// <summary>Who found it out, and how. It is recorded in the journal.</summary>
    [Parameter(ParameterSetName = ByPerson)]
    [ValidateNotNullOrEmpty]
    public string? Comment { get; set; }

    /// <summary>Looks all Unknown rows of the journal up in the account's audit trail, and settles those that it proves.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByAuditTrail)]
    public SwitchParameter FromAuditTrail { get; set; }

    /// <summary>Waits until the events of all rows must be there, ten minutes after their requests, and looks again.</summary>
    [Parameter(ParameterSetName = ByAuditTrail)]
    public SwitchParameter Wait { get; set; }

    /// <summary>Finds the file.</summary>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Start(() => _file = JournalAccess.FindPath(SessionState.Path, Path, Text));
    }

    /// <summary>Records the outcome of each card's rows.</summary>
    protected override void ProcessRecord()
    {
        if (FromAuditTrail)
        {
            return;
        }

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

    /// <summary>Looks the rows up, if the audit trail is to settle them.</summary>
    protected override void EndProcessing()
    {
        if (!FromAuditTrail)
        {
            return;
        }

        var settler = new AuditSettler(_file!, TimeProvider.System);
        AuditJob? job = null;
        Start(() => job = JournalAccess.Open(settler.Read, Text));
        if (job!.Rows.Count == 0)
        {
            WriteVerbose(Text.Format("AuditNothingUnknown", Path));
            return;
        }

        ConnectToTrail();
        var settlement = new AuditSettlement(Text, settler.Settle(job, LookUp, Wait ? ready => ShowWait(ready, settler.WaitAsync(ready, StopToken)) : null));

        var results = settlement.Open.Select(open => new BindingResult(open.Row.Outcome, settlement.DescribeOpen(open), isFromJournal: true));
        foreach (var result in results.Concat(Record(settlement)).OrderBy(static result => result.Row))
        {
            WriteObject(result.ToOutput());
        }

        if (settlement.Open.Count > 0)
        {
            WriteWarning(Text.Format("AuditSettled", settlement.Proved.Count, settlement.Proved.Count + settlement.Open.Count, settlement.Open.Count));
        }

        if (settlement.IsTooEarly)
        {
            // It is shown to the minute, and must not be too early.
            WriteWarning(Text.Format("AuditTooEarly", job.ReadyAt.LocalDateTime.AddMinutes(1)));
        }
    }

    private protected override object? TargetOf(IotCardException failure) =>
        failure.Code.StartsWith("Journal", StringComparison.Ordinal) ? Path : base.TargetOf(failure);

    private IReadOnlyList<SettledRow> LookUp(AuditJob job)
    {
        if (job.Span is not { } span)
        {
            return job.Conclude([], AccessKeyId);
        }

        var events = ReadEvents(span.Start, span.End);
        if (job.IsKnownTo(events) == false)
        {
            WriteWarning(Text.Format("AuditTrailUnknowing", Service.Host));
        }

        return job.Conclude(events, AccessKeyId);
    }

    private IEnumerable<BindingResult> Record(AuditSettlement settlement)
    {
        var now = TimeProvider.System.GetUtcNow();
        List<(UnknownRow, RowResolution)> resolutions =
            [.. settlement.Proved.Where(row => Confirms(row.Row, row.Conclusion.Status)).Select(row => AuditSettlement.ToResolution(row, now))];
        IReadOnlyList<RowOutcome> resolved = [];
        Start(() => resolved = Record(resolutions));
        return resolved.Select(Describe);
    }

    private void Resolve(string iccid)
    {
        if (RowCheck.FindIccidFault(iccid) is { } fault)
        {
            throw new IotCardException(fault.Code, new OutcomeText(Text).Describe(fault));
        }

        var imei = Imei is null ? null : BindingRow.ReadCell(Imei);
        var status = string.Equals(Outcome, nameof(OutcomeStatus.Succeeded), StringComparison.OrdinalIgnoreCase) ? OutcomeStatus.Succeeded : OutcomeStatus.Failed;
        var rows = JournalAccess.Open(() => JournalResolver.FindUnknown(_file!, iccid, imei, TimeProvider.System), Text);
        var resolution = new RowResolution { Status = status, ResolvedAt = TimeProvider.System.GetUtcNow(), Comment = Comment };
        foreach (var outcome in Record([.. rows.Where(row => Confirms(row, status)).Select(row => (row, resolution))]))
        {
            WriteObject(Describe(outcome).ToOutput());
        }
    }

    private bool Confirms(UnknownRow unknown, OutcomeStatus status)
    {
        var row = unknown.Outcome.Row;
        _confirmation ??= new Confirmation(this, Text);
        return _confirmation.ShouldProcess(
            Text.Format("ResolveTarget_" + row.Operation, row.RowNumber, row.Iccid, row.Imei, row.NewImei, Path), Text.Get("ResolveAction_" + status));
    }

    private IReadOnlyList<RowOutcome> Record(List<(UnknownRow, RowResolution)> resolutions) => resolutions.Count == 0
        ? []
        : JournalAccess.Open(() => JournalResolver.ResolveAsync(_file!, resolutions, TimeProvider.System).GetAwaiter().GetResult(), Text);

    private BindingResult Describe(RowOutcome outcome) => new(outcome, new OutcomeText(Text).Describe(outcome), isFromJournal: true);
}
