using System.Management.Automation;
using IotCard.Client.Journaling;
using IotCard.Client.Sanitizing;
using IotCard.Errors;
using IotCard.Sessions;
using IotCard.Texts;

namespace IotCard.Commands;

/// <summary>
/// <c>Get-IotCardJournal</c>: reads a journal back as results, one for each row, as it last ended. Without a path it
/// lists the automatic journals.
/// </summary>
[Cmdlet(VerbsCommon.Get, "IotCardJournal", DefaultParameterSetName = AutomaticSet)]
[OutputType(typeof(BindingResult), ParameterSetName = [PathSet, LiteralPathSet])]
[OutputType(typeof(JournalInfo), ParameterSetName = [AutomaticSet])]
public sealed class GetIotCardJournalCommand : PSCmdlet
{
    private const string AutomaticSet = "Automatic";
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";
    private const int ShownLines = 20;

    private Text? _text;

    /// <summary>The journals; wildcards are expanded.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("JournalPath")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>The journals; wildcards are not expanded.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    private Text Text => _text ??= new Text(Host.CurrentUICulture);

    /// <summary>Writes the journals' results, or the automatic journals.</summary>
    protected override void ProcessRecord()
    {
        switch (ParameterSetName)
        {
            case AutomaticSet:
                WriteAutomaticJournals();
                break;
            case PathSet:
                WriteEach(Path, Expand);
                break;
            default:
                WriteEach(LiteralPath, path => [FindFile(path)]);
                break;
        }
    }

    private void WriteEach(string[] paths, Func<string, IEnumerable<string>> find)
    {
        var words = new OutcomeText(Text);
        foreach (var path in paths)
        {
            Try(path, () =>
            {
                foreach (var file in find(path))
                {
                    Try(file, () =>
                    {
                        var contents = JournalAccess.Open(() => JournalReader.Read(file), Text);
                        foreach (var outcome in contents.Outcomes)
                        {
                            WriteObject(new BindingResult(outcome, words.Describe(outcome), isFromJournal: true).ToJournalEntry());
                        }

                        Remark(file, contents);
                    });
                }
            });
        }
    }

    /// <summary>Says what keeps the journal from being resumed, or what it lacks, once its rows are written.</summary>
    private void Remark(string file, JournalContents contents)
    {
        if (contents.HasCarriageReturns || contents.HasByteOrderMark)
        {
            WriteWarning(Text.Format(contents.HasByteOrderMark ? "JournalHasByteOrderMark" : "JournalHasCarriageReturns", file));
        }

        if (contents.GapReason is { } reason)
        {
            WriteWarning(Text.Format("JournalHasGap", file, SafeText.Clean(reason)));
        }

        if (contents.DamagedLines is { Count: > 0 } damaged)
        {
            var shown = string.Join(", ", damaged.Take(ShownLines)) + (damaged.Count > ShownLines ? ", …" : string.Empty);
            throw new IotCardException(JournalErrorCode.Invalid, Text.Format("JournalHasDamagedLines", file, shown));
        }
    }

    private void WriteAutomaticJournals()
    {
        var journals = AutomaticJournals.ForUser(Environment.GetEnvironmentVariable);
        Try(journals.Folder, () =>
        {
            foreach (var path in JournalAccess.Open(journals.FindPaths, Text))
            {
                Try(path, () =>
                {
                    if (JournalAccess.Open(() => JournalReader.Summarize(path), Text) is { } summary)
                    {
                        WriteObject(new JournalInfo(summary));
                    }
                });
            }
        });
    }

    /// <summary>A journal that cannot be read is one error; the others are read.</summary>
    private void Try(string target, Action write)
    {
        try
        {
            write();
        }
        catch (IotCardException failure)
        {
            WriteError(new ErrorReport(Text).Create(failure, target));
        }
    }

    private IEnumerable<string> Expand(string path)
    {
        // A file of exactly this name is meant, even if it contains brackets.
        if (!WildcardPattern.ContainsWildcardCharacters(path) || File.Exists(FindFile(path)))
        {
            return [FindFile(path)];
        }

        return Resolve(path, () => JournalAccess.FindPaths(SessionState.Path, path, Text)).Where(static file => !Directory.Exists(file));
    }

    private string FindFile(string path) => Resolve(path, () => JournalAccess.FindPath(SessionState.Path, path, Text));

    /// <summary>Converts a PowerShell path to the file system's, and explains why one cannot be.</summary>
    private T Resolve<T>(string path, Func<T> resolve)
    {
        try
        {
            return resolve();
        }
        catch (ItemNotFoundException failure)
        {
            throw NotFound(path, failure);
        }
        catch (Exception failure) when (failure is SessionStateException or ProviderInvocationException or NotSupportedException or ArgumentException)
        {
            throw NotFound($"{path}: {failure.Message}", failure);
        }
    }

    private IotCardException NotFound(string path, Exception cause) =>
        new(JournalErrorCode.NotFound, Text.Format("Start_" + JournalErrorCode.NotFound, path), innerException: cause);
}
