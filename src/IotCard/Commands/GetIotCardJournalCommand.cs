using System.Management.Automation;
using IotCard.Client.Journaling;
using IotCard.Errors;
using IotCard.Texts;

namespace IotCard.Commands;

/// <summary><c>Get-IotCardJournal</c>: reads a journal back as results, one for each row, as it ended last.</summary>
[Cmdlet(VerbsCommon.Get, "IotCardJournal")]
[OutputType(typeof(BindingResult))]
public sealed class GetIotCardJournalCommand : PSCmdlet
{
    /// <summary>The journals.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true, HelpMessage = "The path of a journal")]
    [Alias("JournalPath", "FullName", "PSPath")]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Writes the results that the journals hold.</summary>
    protected override void ProcessRecord()
    {
        var text = new Text(Host.CurrentUICulture);
        var words = new OutcomeText(text);
        foreach (var path in Path)
        {
            try
            {
                var file = GetUnresolvedProviderPathFromPSPath(path);
                foreach (var outcome in BindingSession.OpenJournal(() => JournalReader.Read(file), text))
                {
                    WriteObject(Entry(new BindingResult(outcome, words.Of(outcome), isFromJournal: true)));
                }
            }
            catch (IotCardException failure)
            {
                WriteError(new ErrorReport(text).Of(failure, path));
            }
        }
    }

    /// <summary>A result that is shown as a journal's entry: with the time, which tells how old a doubt is.</summary>
    private static PSObject Entry(BindingResult result)
    {
        var entry = PSObject.AsPSObject(result);
        entry.TypeNames.Insert(0, typeof(BindingResult).FullName + "#Journal");
        return entry;
    }
}
