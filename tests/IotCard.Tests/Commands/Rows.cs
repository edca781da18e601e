using System.Management.Automation;

namespace IotCard.Tests.Commands;

/// <summary>Cards and devices of the sandbox's sample fleet (docs/sandbox.md), and rows made of them.</summary>
internal static class Rows
{
    internal const string Card1 = "89860018521874998319";
    internal const string Device1 = "860456038157932";
    internal const string Card2 = "89860219070907095849";
    internal const string Device2 = "861762040877246";
    internal const string Card3 = "898604201518649757A6";
    internal const string Device3 = "356893113596553";
    internal const string NewDevice1 = "353918052345671";
    internal const string NewDevice2 = "490154203237518";
    internal const string NewDevice3 = "358265017896546";

    internal static PSObject Rebind(object? iccid, object? imei, object? newImei) =>
        Row(("Iccid", iccid), ("Imei", imei), ("NewImei", newImei));

    internal static PSObject Unbind(object? iccid, object? imei) => Row(("Iccid", iccid), ("Imei", imei));

    internal static PSObject Row(params (string Name, object? Value)[] cells)
    {
        var row = new PSObject();
        foreach (var (name, value) in cells)
        {
            row.Properties.Add(new PSNoteProperty(name, value));
        }

        return row;
    }
}
