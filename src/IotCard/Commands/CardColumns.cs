namespace IotCard.Commands;

/// <summary>The accepted names of an input's columns; the first of each is the parameter's.</summary>
internal static class CardColumns
{
    internal static readonly string[] Iccid = ["Iccid"];
    internal static readonly string[] Imei = ["Imei", "CurrentImei", "设备IMEI"];
    internal static readonly string[] NewImei = ["NewImei", "TargetImei", "新设备IMEI"];

    internal static string[] NamesOf(string parameter) => parameter switch
    {
        nameof(Imei) => Imei,
        nameof(NewImei) => NewImei,
        _ => Iccid,
    };
}
