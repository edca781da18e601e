using System.Management.Automation;
using IotCard.Client.Cards;

namespace IotCard.Commands;

/// <summary><c>Set-IotCardBinding</c>: rebinds cards to the IMEI of another device.</summary>
[Cmdlet(
    VerbsCommon.Set,
    "IotCardBinding",
    DefaultParameterSetName = CardSet,
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(BindingResult))]
public sealed class SetIotCardBindingCommand : BindingCommand
{
    /// <summary>The IMEI of the new device.</summary>
    [Parameter(Mandatory = true, Position = 2, ParameterSetName = CardSet, HelpMessageBaseName = Texts.Text.BaseName, HelpMessageResourceId = "Prompt_NewImei")]
    [Parameter(Position = 2, ValueFromPipelineByPropertyName = true, ParameterSetName = InputSet)]
    [Alias("TargetImei", "新设备IMEI")]
    [AllowNull]
    [AllowEmptyString]
    public string? NewImei { get; set; }

    /// <summary>Accepts a new IMEI with a wrong check digit.</summary>
    [Parameter]
    public SwitchParameter SkipCheckDigit { get; set; }

    internal override bool AcceptsWrongCheckDigit => SkipCheckDigit;

    private protected override bool Unbinds => false;

    private protected override BindingRow CreateRow(InputCells cells) =>
        BindingRow.Rebind(cells.Read(nameof(Iccid), Iccid), cells.Read(nameof(Imei), Imei), cells.Read(nameof(NewImei), NewImei));
}
