using System.Management.Automation;
using IotCard.Client.Cards;
using IotCard.Client.Journaling;
using IotCard.Client.Queries;
using IotCard.Client.Rules;
using IotCard.Client.Sending;
using IotCard.Client.Service;
using IotCard.Errors;
using IotCard.Input;

namespace IotCard.Commands;

/// <summary>
/// <c>Test-IotCardBinding</c>: a dry run of a list of rebinds or unbinds, which reports for each row what would be done
/// with it. It changes nothing, and sends nothing without <c>-Online</c>.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "IotCardBinding", DefaultParameterSetName = CardSet)]
[OutputType(typeof(BindingCheck))]
public sealed class TestIotCardBindingCommand : RowCommand
{
    private readonly List<AssessedRow> _rows = [];
    private readonly RowConflicts _conflicts = new();
    private RowChecker? _checker;
    private RowAssessor? _assessor;
    private QuerySession? _session;
    private Journal? _journal;
    private ServiceEndpoint? _cardService;
    private bool _hasReportedFailure;

    /// <summary>The operation that the list is for: <c>Rebind</c> or <c>Unbind</c>.</summary>
    [Parameter(Mandatory = true)]
    [ValidateSet(nameof(BindingOperation.Rebind), nameof(BindingOperation.Unbind))]
    public string Operation { get; set; } = null!;

    /// <summary>The IMEI of the new device.</summary>
    [Parameter(Position = 2, ParameterSetName = CardSet)]
    [Parameter(Position = 2, ParameterSetName = InputSet)]
    [Alias("TargetImei", "新设备IMEI", "新IMEI")]
    [AllowNull]
    [AllowEmptyString]
    public string? NewImei { get; set; }

    /// <summary>Looks up each card and each new device.</summary>
    [Parameter]
    public SwitchParameter Online { get; set; }

    /// <summary>Scheme, host and port of the successor product, which describes cards.</summary>
    /// <remarks>Else <c>$env:IOTCARD_ENDPOINT</c>, else the endpoint if that is on this machine, else the product's own address.</remarks>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Address]
    [ArgumentCompleter(typeof(EndpointCompleter))]
    public string? CardEndpoint { get; set; }

    private protected override bool Unbinds => string.Equals(Operation, nameof(BindingOperation.Unbind), StringComparison.OrdinalIgnoreCase);

    /// <summary>Opens the journal for reading and, to look up cards, finds the credential.</summary>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _checker = new RowChecker(this, Text);
        _assessor = new RowAssessor(Text);
        Start(() =>
        {
            // In practice mode nothing may reach the live service.
            _cardService = ServiceEndpoint.Find(CardEndpoint, nameof(CardEndpoint), Service.IsPractice ? Service.Address : CardApi.DefaultEndpoint, Text);
            if (FindJournalPath() is { } path)
            {
                _journal = RunSession.OpenJournal(() => Journal.OpenForWhatIf(path, new JournalJob(RowOperation, Service.Address)), Text);
            }

            if (Online)
            {
                CheckPolicy(CardApi.Product, CardApi.ActionName);
                CheckPolicy(BindingApi.Product, DeviceApi.ExistAction);
                Announce(Service);
                Announce(_cardService);
                _session = QuerySession.Open(this, Text, (_cardService.Address, RequestsPerSecond ?? CardApi.RequestsPerSecond), (Service.Address, RequestsPerSecond));
                Begin(_session, new QueryPublisher(this, Text, _session));
            }
        });
    }

    /// <summary>Assesses the rows once all are known, because a later one can contradict an earlier one.</summary>
    protected override void EndProcessing()
    {
        foreach (var row in _rows)
        {
            var assessment = row.Assessment ?? _assessor!.Assess(_conflicts.Find(row.Row));
            if (_session is null)
            {
                WriteObject(new BindingCheck(row.Row, assessment));
            }
            else if (assessment.Action == RowAssessment.Send)
            {
                AddLookup(_session, row.Row);
            }
            else
            {
                _session.Run.AddSettled(new QueryItem(IsFailed: false, () => WriteObject(new BindingCheck(row.Row, assessment))));
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

    private protected override IReadOnlyList<string> AddressParameters => [.. base.AddressParameters, nameof(CardEndpoint)];

    private protected override BindingRow CreateRow(InputRow input)
    {
        var (iccid, imei) = (input.Read(InputColumn.Iccid, Iccid), input.Read(InputColumn.Imei, Imei));
        return RowOperation == BindingOperation.Unbind ? BindingRow.Unbind(iccid, imei) : BindingRow.Rebind(iccid, imei, input.Read(InputColumn.NewImei, NewImei));
    }

    private protected override void Take(BindingRow row, InputRow input)
    {
        if (_checker!.FindRefusal(row, input) is { Settled: { } refused } refusal)
        {
            _rows.Add(new AssessedRow(refused.Row, RowAssessor.AssessRefusal(refused.Code, refusal.Message)));
            return;
        }

        _conflicts.Add(row);
        _rows.Add(new AssessedRow(row, _assessor!.Assess(row, _journal?.Claim(row))));
    }

    private void AddLookup(QuerySession session, BindingRow row)
    {
        var lookup = new CardLookup(session.Senders[0], new CardApi(_cardService!.Address));
        var devices = new DeviceApi(Service.Address);
        session.Run.Add(async stop =>
        {
            var card = await lookup.FindAsync(row.Iccid, instanceId: null, stop).ConfigureAwait(false);
            var device = row.NewImei is { } imei ? await session.Senders[1].SendAsync(devices.Exists(imei), stop).ConfigureAwait(false) : null;
            return new QueryItem(IsFailed(card) || (device is not null && IsFailed(device)), () => Write(row, card, device));
        });
        Publish();
    }

    /// <summary>Whether nothing was learned; the service's refusal of a card says something about the card.</summary>
    private static bool IsFailed<T>(QueryOutcome<T> outcome) => !outcome.IsAnswered && !outcome.IsRefusedByService;

    private void Write(BindingRow row, QueryOutcome<CardDetail> card, QueryOutcome<bool>? device)
    {
        WriteObject(new BindingCheck(row, _assessor!.Assess(row, card, device)));
        if (_hasReportedFailure)
        {
            return;
        }

        // Reported once; each row states it as well.
        if (IsFailed(card))
        {
            _hasReportedFailure = true;
            WriteError(new ErrorReport(Text).Create(card, "LookupFailed", row.Iccid));
        }
        else if (device is not null && IsFailed(device))
        {
            _hasReportedFailure = true;
            WriteError(new ErrorReport(Text).Create(device, "DeviceTestFailed", row.NewImei!));
        }
    }

    /// <summary>A row, and its assessment if it does not depend on the others.</summary>
    private sealed record AssessedRow(BindingRow Row, RowAssessment? Assessment);
}
