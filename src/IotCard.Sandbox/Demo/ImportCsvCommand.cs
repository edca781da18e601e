using System.Management.Automation;

namespace IotCard.Sandbox.Demo;

/// <summary><c>Import-Csv</c>, lent to a session that has none: one object for each row, every value a string.</summary>
[Cmdlet(VerbsData.Import, "Csv")]
public sealed class ImportCsvCommand : PSCmdlet
{
    /// <summary>The file.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public string Path { get; set; } = string.Empty;

    /// <summary>Writes the rows.</summary>
    protected override void EndProcessing()
    {
        foreach (var row in CsvFile.Read(GetUnresolvedProviderPathFromPSPath(Path)))
        {
            var item = new PSObject();
            foreach (var (name, value) in row)
                item.Properties.Add(new PSNoteProperty(name, value));
            WriteObject(item);
        }
    }
}
