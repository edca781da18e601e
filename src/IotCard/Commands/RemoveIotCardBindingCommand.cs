using System.Management.Automation;
using IotCard.Client.Cards;

namespace IotCard.Commands;

/// <summary><c>Remove-IotCardBinding</c>: unbinds cards and closes their accounts. It cannot be undone.</summary>
[Cmdlet(
    VerbsCommon.Remove,
    "IotCardBinding",
    DefaultParameterSetName = ProfileSet,
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(BindingResult))]
public sealed class RemoveIotCardBindingCommand : BindingCommand
{
    /// <summary>The card's ICCID: 19 or 20 letters and digits, starting with 89.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true, HelpMessage = "The card's ICCID")]
    [AllowNull]
    [AllowEmptyString]
    public string? Iccid { get; set; }

    /// <summary>The IMEI that the card is bound to now: 15 digits, or 14 or 16 as the binding was recorded.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true, HelpMessage = "The IMEI that the card is bound to now")]
    [Alias("CurrentImei", "设备IMEI")]
    [AllowNull]
    [AllowEmptyString]
    public string? Imei { get; set; }

    private protected override BindingOperation Operation => BindingOperation.Unbind;

    private protected override BindingRow Row => BindingRow.Unbind(Iccid, Imei);
}
