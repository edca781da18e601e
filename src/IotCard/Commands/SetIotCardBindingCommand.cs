using System.Management.Automation;
using IotCard.Client.Cards;

namespace IotCard.Commands;

/// <summary><c>Set-IotCardBinding</c>: rebinds cards to the IMEI of another device.</summary>
[Cmdlet(
    VerbsCommon.Set,
    "IotCardBinding",
    DefaultParameterSetName = ProfileSet,
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(BindingResult))]
public sealed class SetIotCardBindingCommand : BindingCommand
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

    /// <summary>The IMEI of the new device.</summary>
    [Parameter(Mandatory = true, Position = 2, ValueFromPipelineByPropertyName = true, HelpMessage = "The IMEI of the new device")]
    [Alias("TargetImei", "新设备IMEI")]
    [AllowNull]
    [AllowEmptyString]
    public string? NewImei { get; set; }

    /// <summary>Lets a new IMEI pass whose check digit is wrong.</summary>
    [Parameter]
    public SwitchParameter SkipCheckDigit { get; set; }

    private protected override bool PassWrongCheckDigit => SkipCheckDigit;

    private protected override BindingOperation Operation => BindingOperation.Rebind;

    private protected override BindingRow Row => BindingRow.Rebind(Iccid, Imei, NewImei);
}
