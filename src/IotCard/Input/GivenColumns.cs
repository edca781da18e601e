namespace IotCard.Input;

/// <summary>The columns that the command line sets for every row.</summary>
/// <param name="parameters">The names of the parameters that the command line sets.</param>
internal sealed class GivenColumns(ISet<string> parameters)
{
    private readonly bool _iccid = parameters.Contains(nameof(InputColumn.Iccid));
    private readonly bool _imei = parameters.Contains(nameof(InputColumn.Imei));
    private readonly bool _newImei = parameters.Contains(nameof(InputColumn.NewImei));

    /// <summary>Whether a column is one of them.</summary>
    internal bool Has(InputColumn column) => column switch
    {
        InputColumn.Iccid => _iccid,
        InputColumn.Imei => _imei,
        InputColumn.NewImei => _newImei,
        _ => false,
    };
}
