using System.Globalization;
using System.Management.Automation;

namespace IotCard.Sandbox.Demo;

/// <summary><c>Export-Csv</c>, lent to a session that has none: the first object's properties are the columns.</summary>
[Cmdlet(VerbsData.Export, "Csv")]
public sealed class ExportCsvCommand : PSCmdlet
{
    private readonly List<PSObject> _items = [];

    /// <summary>The file; one that is there is written over.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public string Path { get; set; } = string.Empty;

    /// <summary>What to write.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = new();

    /// <summary>Keeps an object.</summary>
    protected override void ProcessRecord() => _items.Add(InputObject);

    /// <summary>Writes the file.</summary>
    protected override void EndProcessing()
    {
        var columns = _items.Count == 0 ? [] : _items[0].Properties.Select(p => p.Name).ToList();
        CsvFile.Write(
            GetUnresolvedProviderPathFromPSPath(Path),
            columns,
            _items.Select(item => columns.ConvertAll(c => Convert.ToString(item.Properties[c]?.Value, CultureInfo.InvariantCulture))));
    }
}
