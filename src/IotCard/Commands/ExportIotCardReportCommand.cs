using System.Globalization;
using System.Management.Automation;
using System.Text;
using IotCard.Client.Journaling;
using IotCard.Errors;
using IotCard.Reporting;
using IotCard.Sessions;
using IotCard.Texts;

namespace IotCard.Commands;

/// <summary>
/// <c>Export-IotCardReport</c>: writes one file that says what a job did, from its journal or from results. It sends
/// nothing and needs no credential.
/// </summary>
[Cmdlet(VerbsData.Export, "IotCardReport", DefaultParameterSetName = PathSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(FileInfo))]
public sealed class ExportIotCardReportCommand : PSCmdlet
{
    private const string PathSet = "Path";
    private const string InputSet = "InputObject";

    private readonly List<ReportSource> _sources = [];
    private readonly List<ReportRow> _rows = [];
    private Text? _text;

    /// <summary>The journal.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    [Alias("JournalPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = null!;

    /// <summary>Results, also those that were read back from a file; or journals, as <c>Get-IotCardJournal</c> lists them.</summary>
    [Parameter(Mandatory = true, ParameterSetName = InputSet, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = null!;

    /// <summary>The report's file. An existing file is replaced, unless <see cref="NoClobber"/> is given.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string OutFile { get; set; } = null!;

    /// <summary>The format.</summary>
    [Parameter]
    public ReportFormat Format { get; set; }

    /// <summary>The heading, such as the job's name and ticket; by default the operation and the number of rows.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Title { get; set; }

    /// <summary>The language: Chinese for a Chinese culture, otherwise English. By default the session's.</summary>
    [Parameter]
    [ValidateNotNull]
    public CultureInfo? UICulture { get; set; }

    /// <summary>Replaces even a read-only file.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Replaces no existing file.</summary>
    [Parameter]
    [Alias("NoOverwrite")]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Returns the file.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private Text Text => _text ??= new Text(Host.CurrentUICulture);

    private CultureInfo Language => UICulture ?? Host.CurrentUICulture;

    /// <summary>Collects a result, or reads a journal.</summary>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == PathSet)
        {
            Add(Path);
        }
        else if (JournalPathOf(InputObject) is { } path)
        {
            Add(path);
        }
        else if (ReportRow.TryRead(InputObject) is { } row)
        {
            _rows.Add(row);
        }
        else
        {
            WriteError(new ErrorReport(Text).Create(new IotCardException("NotAResult", Text.Get("Meaning_NotAResult")), InputObject));
        }
    }

    /// <summary>Writes the file.</summary>
    protected override void EndProcessing()
    {
        var path = FindFile(OutFile);
        if (NoClobber && File.Exists(path))
        {
            Stop("ReportExists", Text.Format("Start_ReportExists", path), OutFile);
        }

        if (!ShouldProcess(path, Text.Get("Report_Action")))
        {
            return;
        }

        try
        {
            Write(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            Stop("ReportNotWritable", Text.Format("Start_ReportNotWritable", path, failure.Message), OutFile, failure);
        }

        if (PassThru)
        {
            // From the provider, whose objects have what a table of files shows.
            WriteObject(InvokeProvider.Item.Get(["FileSystem::" + path], force: true, literalPath: true), enumerateCollection: true);
        }
    }

    /// <summary>The path of a listed journal; null for a result.</summary>
    private static string? JournalPathOf(PSObject input) =>
        input.BaseObject switch
        {
            JournalInfo journal => journal.Path,
            FileInfo file => file.FullName,
            _ => null,
        };

    private void Write(string path)
    {
        var text = new Text(Language);
        var report = new Report(text, Title, _sources, _rows, DateTime.UtcNow);
        IReportFormat format = Format switch
        {
            ReportFormat.Markdown => new MarkdownReport(text),
            ReportFormat.JUnit => new JUnitReport(text),
            _ => new HtmlReport(text, Language),
        };
        if (Force && File.Exists(path))
        {
            File.SetAttributes(path, File.GetAttributes(path) & ~FileAttributes.ReadOnly);
        }

        File.WriteAllText(path, format.Write(report), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }

    /// <summary>Reads a journal. A report that lacks one of its journals would mislead, so there is none.</summary>
    private void Add(string path)
    {
        try
        {
            var file = FindFile(path);
            var journal = JournalAccess.Open(() => JournalDetails.Read(file), Text);
            var words = new OutcomeText(new Text(Language));
            _sources.Add(ReportSource.From(journal));
            _rows.AddRange(journal.Rows.Select(row => ReportRow.From(row, words)));
        }
        catch (IotCardException failure)
        {
            ThrowTerminatingError(new ErrorReport(Text).Create(failure, path));
        }
    }

    private string FindFile(string path)
    {
        try
        {
            return JournalAccess.FindPath(SessionState.Path, path, Text);
        }
        catch (IotCardException failure)
        {
            ThrowTerminatingError(new ErrorReport(Text).Create(failure, path));
            throw;
        }
    }

    private void Stop(string code, string message, object target, Exception? cause = null) =>
        ThrowTerminatingError(new ErrorReport(Text).Create(new IotCardException(code, message, innerException: cause), target));
}
