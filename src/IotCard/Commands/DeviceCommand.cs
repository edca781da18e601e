using System.Management.Automation;
using IotCard.Client.Cards;
using IotCard.Client.Queries;
using IotCard.Texts;

namespace IotCard.Commands;

/// <summary>The base of the commands whose input is devices. In a list of rebinds, these are the new devices.</summary>
public abstract class DeviceCommand : QueryCommand
{
    /// <summary>The devices' IMEIs.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("CurrentImei", "设备IMEI", "当前IMEI")]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public virtual string?[]? Imei { get; set; }

    /// <summary>The IMEI of a rebind's new device. If a row has one, it is used instead of the other.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("TargetImei", "新设备IMEI", "新IMEI")]
    [AllowNull]
    [AllowEmptyString]
    public string? NewImei { get; set; }

    private protected DeviceApi? Api { get; private set; }

    /// <summary>Prepares the session.</summary>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Api = new DeviceApi(Service.Address);
    }

    /// <summary>Adds the devices.</summary>
    protected override void ProcessRecord()
    {
        foreach (var cell in string.IsNullOrWhiteSpace(NewImei) ? Imei ?? [null] : [NewImei])
        {
            var imei = BindingRow.ReadCell(cell);
            if (RowCheck.FindImeiFault(imei, nameof(Imei)) is { } fault)
            {
                AddError(new IotCardException(fault.Code, new OutcomeText(Text).Describe(fault)), cell);
            }
            else
            {
                Take(imei);
            }
        }
    }

    /// <summary>Adds a valid device.</summary>
    private protected abstract void Take(string imei);
}
