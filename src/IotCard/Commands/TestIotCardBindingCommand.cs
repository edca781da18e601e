using System.Management.Automation;
using IotCard.Addresses;
using IotCard.Client.Cards;
using IotCard.Client.Credentials;
using IotCard.Client.Journaling;
using IotCard.Client.Planning;
using IotCard.Client.Queries;
using IotCard.Client.Rules;
using IotCard.Client.Service;
using IotCard.Completion;
using IotCard.Errors;
using IotCard.Input;
using IotCard.Output;
using IotCard.Sessions;
using IotCard.Texts;

namespace IotCard.Commands;

/// <summary>
/// <c>Test-IotCardBinding</c>: a dry run of a list of rebinds or unbinds, which reports for each row what would be done
/// with it. It changes nothing, and sends nothing without <c>-Online</c>.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "IotCardBinding", DefaultParameterSetName = CardSet)]
[OutputType(typeof(BindingCheck), typeof(BindingSummary))]
public sealed class TestIotCardBindingCommand : RowCommand
{
    private InputList? _rebinds;
    private InputList? _unbinds;
    private bool _hasNewDevice;
    private DecisionText? _reasons;
    private QuerySession? _session;
    private Journal? _journal;
    private ServiceEndpoint? _cardService;
    private string? _accessKeyId;
    private bool _hasReportedFailure;

    /// <summary>
    /// The operation that the list is for: <c>Rebind</c> or <c>Unbind</c>. Without it, a list with a new device is a list
    /// of rebinds.
    /// </summary>
    [Parameter]
    [ValidateSet(nameof(BindingOperation.Rebind), nameof(BindingOperation.Unbind))]
    public string? Operation { get; set; }

    /// <summary>The IMEI of the new device.</summary>
    [Parameter(Position = 2, ParameterSetName = CardSet)]
    [Parameter(Position = 2, ParameterSetName = InputSet)]
    [Alias("TargetImei", "新设备IMEI", "新IMEI")]
    [AllowNull]
    [AllowEmptyString]
    public string? NewImei { get; set; }

    /// <summary>Gives one summary of the list instead of an object for each row, with the hash by which it is approved.</summary>
    [Parameter]
    public SwitchParameter Summary { get; set; }

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

    /// <summary>Finds the credential, where cards are looked up or the key is to be shown.</summary>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _reasons = new DecisionText(Text);
        _rebinds = IsFor(BindingOperation.Rebind) ? new InputList(BindingOperation.Rebind, retriesUnknown: false, Text) : null;
        _unbinds = IsFor(BindingOperation.Unbind) ? new InputList(BindingOperation.Unbind, retriesUnknown: false, Text) : null;
        _hasNewDevice = !string.IsNullOrWhiteSpace(NewImei);
        Start(() =>
        {
            // In practice mode nothing may reach the live service.
            _cardService = ServiceEndpoint.Find(CardEndpoint, nameof(CardEndpoint), Service.IsPractice ? Service.Address : CardApi.DefaultEndpoint, Text);
            if (Online)
            {
                CheckPolicy(CardApi.Product, CardApi.ActionName);
                CheckPolicy(BindingApi.Product, DeviceApi.ExistAction);
                Announce(Service);
                Announce(_cardService);
                var connection = Connect();
                _session = new QuerySession(
                    connection,
                    OptionsFor(connection, _cardService.Address, RequestsPerSecond ?? CardApi.RequestsPerSecond),
                    OptionsFor(connection, Service.Address, RequestsPerSecond));
                Begin(_session, new QueryWriter(_session.Run), "ProgressLookup");
            }

            if (Summary)
            {
                _accessKeyId = FindAccessKeyId();
            }
        });
    }

    /// <summary>Plans the list, and reports the plan.</summary>
    protected override void EndProcessing()
    {
        var list = (_hasNewDevice ? _rebinds ?? _unbinds : _unbinds ?? _rebinds)!;
        Start(() =>
        {
            if (FindJournalPath() is { } path)
            {
                _journal = JournalAccess.Open(() => Journal.OpenForWhatIf(path, new JournalJob(list.Operation, Service.Address)), Text);
            }
        });
        var hash = Plan(list, _journal);
        foreach (var row in list.Rows)
        {
            Report(row);
        }

        base.EndProcessing();
        if (Summary)
        {
            WriteObject(new BindingSummary(list.Operation, Service.Address, _accessKeyId, PlanCounts.Of(list.Rows), hash));
        }
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

    private protected override void Take(InputRow input, long number)
    {
        var (iccid, imei) = (input.Read(InputColumn.Iccid, Iccid), input.Read(InputColumn.Imei, Imei));
        _hasNewDevice |= input.Holds(InputColumn.NewImei);
        _rebinds?.Add(BindingRow.Rebind(iccid, imei, input.Read(InputColumn.NewImei, NewImei)) with { RowNumber = number }, input);
        _unbinds?.Add(BindingRow.Unbind(iccid, imei) with { RowNumber = number }, input);
    }

    private bool IsFor(BindingOperation operation) => Operation is null || string.Equals(Operation, operation.ToString(), StringComparison.OrdinalIgnoreCase);

    /// <summary>The masked id of the key that a run would use; null if there is none.</summary>
    private string? FindAccessKeyId()
    {
        try
        {
            using var connection = Connect();
            return connection.GetCredential(StopToken).MaskedAccessKeyId;
        }
        catch (IotCardException failure) when (failure.Code == CredentialErrorCode.CredentialNotFound)
        {
            WriteVerbose(failure.Message);
            return null;
        }
    }

    private void Report(Row row)
    {
        if (_session is null)
        {
            WritePlanned(row);
        }
        else if (row.Decision.Action == RowAction.Send)
        {
            AddLookup(_session, row);
        }
        else
        {
            _session.Run.AddSettled(new QueryItem(IsFailed: false, () => WritePlanned(row)));
            Publish();
        }
    }

    private void WritePlanned(Row row)
    {
        if (!Summary)
        {
            WriteObject(new BindingCheck(row, _reasons!.Describe(row)));
        }
    }

    private void AddLookup(QuerySession session, Row row)
    {
        var lookup = new CardLookup(session.Senders[0], new CardApi(_cardService!.Address));
        var devices = new DeviceApi(Service.Address);
        session.Run.Add(async stop =>
        {
            var card = await lookup.FindAsync(row.Binding.Iccid, instanceId: null, stop).ConfigureAwait(false);
            var device = row.Binding.NewImei is { } imei ? await session.Senders[1].SendAsync(devices.Exists(imei), stop).ConfigureAwait(false) : null;
            return new QueryItem(IsFailed(card) || (device is not null && IsFailed(device)), () => Write(row, card, device));
        });
        Publish();
    }

    /// <summary>Whether nothing was learned; the service's refusal of a card says something about the card.</summary>
    private static bool IsFailed<T>(QueryOutcome<T> outcome) => !outcome.IsAnswered && !outcome.IsRefusedByService;

    private void Write(Row row, QueryOutcome<CardDetail> card, QueryOutcome<bool>? device)
    {
        row.Decision = LookupRules.Decide(row.Binding, card, device);
        row.Message = _reasons!.Describe(row.Decision, row, Describe(card, device));
        WritePlanned(row);
        if (_hasReportedFailure)
        {
            return;
        }

        // Reported once; each row states it as well.
        if (IsFailed(card))
        {
            _hasReportedFailure = true;
            WriteError(new ErrorReport(Text).Create(card, "LookupFailed", row.Binding.Iccid));
        }
        else if (device is not null && IsFailed(device))
        {
            _hasReportedFailure = true;
            WriteError(new ErrorReport(Text).Create(device, "DeviceTestFailed", row.Binding.NewImei!));
        }
    }

    private string? Describe(QueryOutcome<CardDetail> card, QueryOutcome<bool>? device) =>
        !card.IsAnswered ? new OutcomeText(Text).Describe(card)
        : device is { IsAnswered: false } ? new OutcomeText(Text).Describe(device)
        : null;
}
