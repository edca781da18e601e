using System.Management.Automation;
using IotCard.Client.Cards;
using IotCard.Client.Queries;
using IotCard.Client.Sending;
using IotCard.Texts;

namespace IotCard.Commands;

/// <summary><c>Get-IotCard</c>: looks cards up at the successor product, closed ones too. It changes nothing.</summary>
[Cmdlet(VerbsCommon.Get, "IotCard")]
[OutputType(typeof(Card))]
public sealed class GetIotCardCommand : QueryCommand
{
    private CardLookup? _lookup;

    /// <summary>Makes the command, with the endpoint and the pace of the successor product.</summary>
    public GetIotCardCommand()
    {
        Endpoint = CardApi.DefaultEndpoint;
        RequestsPerSecond = CardApi.RequestsPerSecond;
    }

    /// <summary>The cards' ICCIDs.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true, HelpMessageBaseName = Texts.Text.BaseName, HelpMessageResourceId = "Prompt_Iccid")]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public string?[]? Iccid { get; set; }

    /// <summary>The instance id of a closed card, as an earlier look gave it; the documentation asks for it with closed cards.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    public string? InstanceId { get; set; }

    /// <summary>Makes ready to ask.</summary>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _lookup = new CardLookup(Sender, new CardApi(Endpoint));
    }

    /// <summary>Asks for the cards.</summary>
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
