namespace IotCard.Input;

/// <summary>The columns that the command line sets for every row.</summary>
/// <param name="bound">The parameters that the command line sets, by name.</param>
internal sealed class GivenColumns(IDictionary<string, object> bound)
{
    private readonly bool _iccid = bound.ContainsKey(nameof(InputColumn.Iccid));
    private readonly bool _imei = bound.ContainsKey(nameof(InputColumn.Imei));
    private readonly bool _newImei = bound.ContainsKey(nameof(InputColumn.NewImei));

    /// <summary>Whether a column is one of them.</summary>
    internal bool Has(InputColumn column) => column switch
    {
        InputColumn.Iccid => _iccid,
        InputColumn.Imei => _imei,
        InputColumn.NewImei => _newImei,
        _ => false,
    };
}
