using System.Management.Automation;
using IotCard.Client.Cards;
using IotCard.Input;

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
    // The engine asks for missing parameters in the order in which a class declares them, its own before those of its base.

    /// <inheritdoc/>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = CardSet, HelpMessageBaseName = Texts.Text.BaseName, HelpMessageResourceId = "Prompt_Iccid")]
    [Parameter(Position = 0, ParameterSetName = InputSet)]
    [AllowNull]
    [AllowEmptyString]
    public override string? Iccid { get; set; }

    /// <inheritdoc/>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = CardSet, HelpMessageBaseName = Texts.Text.BaseName, HelpMessageResourceId = "Prompt_Imei")]
    [Parameter(Position = 1, ParameterSetName = InputSet)]
    [Alias("CurrentImei", "设备IMEI", "当前IMEI")]
    [AllowNull]
    [AllowEmptyString]
    public override string? Imei { get; set; }

    /// <summary>The IMEI of the new device.</summary>
    [Parameter(Mandatory = true, Position = 2, ParameterSetName = CardSet, HelpMessageBaseName = Texts.Text.BaseName, HelpMessageResourceId = "Prompt_NewImei")]
    [Parameter(Position = 2, ParameterSetName = InputSet)]
    [Alias("TargetImei", "新设备IMEI", "新IMEI")]
    [AllowNull]
    [AllowEmptyString]
    public string? NewImei { get; set; }

    private protected override bool Unbinds => false;

    private protected override BindingRow CreateRow(InputRow input) => BindingRow.Rebind(
        input.Read(InputColumn.Iccid, Iccid), input.Read(InputColumn.Imei, Imei), input.Read(InputColumn.NewImei, NewImei));
}
