using System.Management.Automation;
using IotCard.Client.Cards;
using IotCard.Input;

namespace IotCard.Commands;

/// <summary><c>Remove-IotCardBinding</c>: unbinds cards and closes their accounts. This cannot be undone.</summary>
[Cmdlet(
    VerbsCommon.Remove,
    "IotCardBinding",
    DefaultParameterSetName = CardSet,
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(BindingResult))]
public sealed class RemoveIotCardBindingCommand : BindingCommand
{
    private protected override bool Unbinds => true;

    private protected override BindingRow CreateRow(InputRow input) =>
        BindingRow.Unbind(input.Read(InputColumn.Iccid, Iccid), input.Read(InputColumn.Imei, Imei));
}
