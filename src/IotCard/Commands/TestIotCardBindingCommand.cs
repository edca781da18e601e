using System.Management.Automation;
using IotCard.Client.Cards;
using IotCard.Client.Journaling;
using IotCard.Client.Queries;
using IotCard.Client.Sending;
using IotCard.Errors;

namespace IotCard.Commands;

/// <summary>
/// <c>Test-IotCardBinding</c>: rehearses a list of rebinds or unbinds and says of each row what would become of it. It
/// changes nothing; without <c>-Online</c> it asks nobody.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "IotCardBinding", DefaultParameterSetName = CardSet)]
[OutputType(typeof(BindingCheck))]
public sealed class TestIotCardBindingCommand : RowCommand
{
    private readonly List<CheckedRow> _rows = [];
    private readonly RowConflicts _conflicts = new();
    private RowChecker? _checker;
    private RowVerdicts? _verdicts;
    private QuerySession? _session;
    private Journal? _journal;
    private bool _hasReportedFailure;

    /// <summary>What the list is for: <c>Rebind</c> or <c>Unbind</c>.</summary>
    [Parameter(Mandatory = true)]
    [ValidateSet(nameof(BindingOperation.Rebind), nameof(BindingOperation.Unbind))]
    public string Operation { get; set; } = null!;

    /// <summary>The IMEI of the new device.</summary>
    [Parameter(Position = 2, ParameterSetName = CardSet)]
    [Parameter(Position = 2, ValueFromPipelineByPropertyName = true, ParameterSetName = InputSet)]
    [Alias("TargetImei", "新设备IMEI")]
    [AllowNull]
    [AllowEmptyString]
    public string? NewImei { get; set; }

    /// <summary>Lets a new IMEI pass whose check digit is wrong, as -SkipCheckDigit of Set-IotCardBinding does.</summary>
    [Parameter]
    public SwitchParameter SkipCheckDigit { get; set; }

    /// <summary>Looks each card and each new device up.</summary>
    [Parameter]
    public SwitchParameter Online { get; set; }

    /// <summary>Scheme, host and port of the successor product, which describes cards.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(EndpointCompleter))]
    public Uri CardEndpoint { get; set; } = CardApi.DefaultEndpoint;

    internal override bool PassWrongCheckDigit => SkipCheckDigit;

    internal override BindingOperation RowOperation =>
        string.Equals(Operation, nameof(BindingOperation.Unbind), StringComparison.OrdinalIgnoreCase) ? BindingOperation.Unbind : BindingOperation.Rebind;

    /// <summary>Opens the journal for reading and, where cards are to be looked up, finds the credential.</summary>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _checker = new RowChecker(this, Text);
        _verdicts = new RowVerdicts(Text);
        Start(() =>
        {
            var endpoint = ServiceEndpoint.Check(Endpoint, Text);
            var cardEndpoint = ServiceEndpoint.Check(CardEndpoint, Text);
            if (FindJournalPath() is { } path)
            {
                _journal = RunSession.OpenJournal(() => Journal.OpenForWhatIf(path, new JournalJob(RowOperation, endpoint)), Text);
            }

            if (Online)
            {
                Announce(endpoint);
                Announce(cardEndpoint);
                _session = QuerySession.Open(this, Text, (cardEndpoint, RequestsPerSecond ?? CardApi.RequestsPerSecond), (endpoint, RequestsPerSecond));
                Begin(_session, new QueryPublisher(this, Text, _session));
            }
        });
    }

    /// <summary>Judges the rows, once all of them are there: a later one can contradict an earlier one.</summary>
    protected override void EndProcessing()
    {
        foreach (var row in _rows)
        {
            var verdict = row.Verdict ?? _verdicts!.Judge(row.Row, _conflicts.Find(row.Row));
            if (_session is null)
            {
                WriteObject(new BindingCheck(row.Row, verdict));
            }
            else if (verdict.Action == RowVerdict.Send || verdict.Code == RowVerdicts.SpreadsheetRounded)
            {
                AddLookup(_session, row.Row);
            }
            else
            {
                _session.Run.AddSettled(new QueryItem(IsFailed: false, () => WriteObject(new BindingCheck(row.Row, verdict))));
                Publish();
            }
        }

        base.EndProcessing();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            _journal?.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    private protected override BindingRow CreateRow(InputCells cells)
    {
        var (iccid, imei) = (cells.Read(nameof(Iccid), Iccid), cells.Read(nameof(Imei), Imei));
        return RowOperation == BindingOperation.Unbind ? BindingRow.Unbind(iccid, imei) : BindingRow.Rebind(iccid, imei, cells.Read(nameof(NewImei), NewImei));
    }

    private protected override void Take(BindingRow row, InputCells cells, IReadOnlyList<string> missing)
    {
        if (_checker!.FindRefusal(row, cells, missing) is { Settled: { } refused } refusal)
        {
            _rows.Add(new CheckedRow(refused.Row, RowVerdicts.JudgeRefusal(refused.Code, refusal.Message)));
            return;
        }

        _conflicts.Add(row);
        _rows.Add(new CheckedRow(row, _verdicts!.Judge(_journal?.Claim(row))));
    }

    private void AddLookup(QuerySession session, BindingRow row)
    {
        var lookup = new CardLookup(session.Senders[0], new CardApi(CardEndpoint));
        var devices = new DeviceApi(Endpoint);
        session.Run.Add(async stop =>
        {
            var card = await lookup.FindAsync(row.Iccid, instanceId: null, stop).ConfigureAwait(false);
            var device = row.NewImei is { } imei ? await session.Senders[1].SendAsync(devices.Exists(imei), stop).ConfigureAwait(false) : null;
            return new QueryItem(IsFailed(card) || (device is not null && IsFailed(device)), () => Write(row, card, device));
        });
        Publish();
    }

    /// <summary>Whether nothing was learnt; that the service refuses a card tells something of the card.</summary>
    private static bool IsFailed<T>(QueryOutcome<T> outcome) => !outcome.IsAnswered && !outcome.IsRefusedByService;

    private void Write(BindingRow row, QueryOutcome<CardDetail> card, QueryOutcome<bool>? device)
    {
        WriteObject(new BindingCheck(row, _verdicts!.Judge(row, card, device)));
        if (_hasReportedFailure)
        {
            return;
        }

        // Told once; after that each row says it by itself.
        if (IsFailed(card))
        {
            _hasReportedFailure = true;
            WriteError(new ErrorReport(Text).Of(card, "LookupFailed", row.Iccid));
        }
        else if (device is not null && IsFailed(device))
        {
            _hasReportedFailure = true;
            WriteError(new ErrorReport(Text).Of(device, "DeviceTestFailed", row.NewImei!));
        }
    }

    /// <summary>A row, and what would become of it where that is known without the others.</summary>
    private sealed record CheckedRow(BindingRow Row, RowVerdict? Verdict);
}
