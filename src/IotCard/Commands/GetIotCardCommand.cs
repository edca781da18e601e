using System.Management.Automation;
using IotCard.Client.Cards;
using IotCard.Client.Queries;
using IotCard.Client.Rules;
using IotCard.Input;
using IotCard.Texts;

namespace IotCard.Commands;

/// <summary><c>Get-IotCard</c>: looks up cards, including closed ones, in the successor product. It changes nothing.</summary>
[Cmdlet(VerbsCommon.Get, "IotCard")]
[OutputType(typeof(Card))]
public sealed class GetIotCardCommand : QueryCommand
{
    private CardLookup? _lookup;

    /// <summary>Creates the command, with the rate of the successor product.</summary>
    public GetIotCardCommand() => RequestsPerSecond = CardApi.RequestsPerSecond;

    /// <summary>The cards' ICCIDs.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, HelpMessageBaseName = Texts.Text.BaseName, HelpMessageResourceId = "Prompt_Iccid")]
    [PlainText]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public string?[]? Iccid { get; set; }

    /// <summary>The instance id of a closed card, from an earlier lookup; the documentation requires it for closed cards.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    public string? InstanceId { get; set; }

    /// <summary>Prepares the session.</summary>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _lookup = new CardLookup(Sender, new CardApi(Service.Address));
    }

    /// <summary>Looks up the cards.</summary>
    protected override void ProcessRecord()
    {
        foreach (var cell in Iccid ?? [null])
        {
            var iccid = BindingRow.ReadCell(cell);
            if (RowCheck.FindIccidFault(iccid) is { } fault)
            {
                AddError(new IotCardException(fault.Code, new OutcomeText(Text).Describe(fault)), cell);
                continue;
            }

            var instanceId = InstanceId;
            Add(stop => _lookup!.FindAsync(iccid, instanceId, stop), outcome => Write(iccid, outcome));
        }
    }

    private protected override string Product => CardApi.Product;

    private protected override string ActionName => CardApi.ActionName;

    private protected override Uri OwnEndpoint => CardApi.DefaultEndpoint;

    private void Write(string iccid, QueryOutcome<CardDetail> outcome)
    {
        if (outcome.IsAnswered)
        {
            WriteObject(new Card(iccid, outcome.Value!, Text));
        }
        else
        {
            WriteFailure(outcome, "LookupFailed", iccid);
        }
    }
}
