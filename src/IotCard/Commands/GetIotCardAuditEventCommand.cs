using System.Management.Automation;
using IotCard.Client.Cards;
using IotCard.Client.Rules;
using IotCard.Errors;
using IotCard.Input;
using IotCard.Texts;
using RecordedEvent = IotCard.Client.Rules.AuditEvent;

namespace IotCard.Commands;

/// <summary><c>Get-IotCardAuditEvent</c>: looks up in the account's audit trail which operations arrived. It changes nothing.</summary>
[Cmdlet(VerbsCommon.Get, "IotCardAuditEvent")]
[OutputType(typeof(AuditEvent))]
public sealed class GetIotCardAuditEventCommand : AuditTrailCommand
{
    private static readonly TimeSpan DefaultSpan = TimeSpan.FromDays(7);

    private readonly HashSet<string> _iccids = new(StringComparer.Ordinal);
    private readonly HashSet<string> _imeis = new(StringComparer.Ordinal);
    private bool _isRefused;

    /// <summary>The cards; all by default.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [PlainText]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public string?[]? Iccid { get; set; }

    /// <summary>The devices that the cards were bound to, or were to be bound to; all by default. They do not bind from the pipeline.</summary>
    [Parameter]
    [AllowEmptyCollection]
    public string[] Imei { get; set; } = [];

    /// <summary>The first time; seven days before the last one by default, at most 90 days ago.</summary>
    [Parameter]
    public DateTime? After { get; set; }

    /// <summary>The last time; now by default.</summary>
    [Parameter]
    public DateTime? Before { get; set; }

    /// <summary>Notes the cards.</summary>
    protected override void ProcessRecord()
    {
        foreach (var cell in Iccid ?? [])
        {
            var iccid = BindingRow.ReadCell(cell);
            if (RowCheck.FindIccidFault(iccid) is { } fault)
            {
                _isRefused = true;
                WriteError(new ErrorReport(Text).Create(new IotCardException(fault.Code, new OutcomeText(Text).Describe(fault)), cell));
            }
            else
            {
                _iccids.Add(iccid);
            }
        }
    }

    /// <summary>Looks the events up, and writes them, newest first.</summary>
    protected override void EndProcessing()
    {
        if ((_isRefused || MyInvocation.ExpectingInput) && _iccids.Count == 0)
        {
            // Every card was refused, or none was piped in: without one, the command would mean all of them.
            return;
        }

        _imeis.UnionWith(Imei.Select(BindingRow.ReadCell));
        var now = TimeProvider.System.GetUtcNow();
        var end = Before is { } before ? new DateTimeOffset(before.ToUniversalTime()) : now;
        var start = After is { } after ? new DateTimeOffset(after.ToUniversalTime()) : end - DefaultSpan;
        Start(() =>
        {
            if (start >= end || start > now || now - start > AuditRules.Retention)
            {
                throw new IotCardException("InvalidTimeSpan", Text.Format("Start_InvalidTimeSpan", start.UtcDateTime, end.UtcDateTime));
            }
        });
        ConnectToTrail();
        var events = ReadEvents(start, end);
        foreach (var found in events.Where(IsMeant).Distinct().OrderByDescending(static e => e.Time))
        {
            WriteObject(new AuditEvent(found));
        }

        var hidden = _iccids.Count == 0 ? 0 : events.Count(static e => !IsReadable(e.Iccid));
        if (hidden > 0)
        {
            WriteWarning(Text.Format("AuditHidden", hidden));
        }
    }

    private static bool IsReadable(string? value) => !string.IsNullOrEmpty(value) && !value!.Contains('*');

    private bool IsMeant(RecordedEvent found) =>
        (_iccids.Count == 0 || (found.Iccid is { } iccid && _iccids.Contains(iccid)))
        && (_imeis.Count == 0 || (found.Imei is { } imei && _imeis.Contains(imei)) || (found.NewImei is { } newImei && _imeis.Contains(newImei)));
}
