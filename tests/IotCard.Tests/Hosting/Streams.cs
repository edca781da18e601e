using System.Management.Automation;

namespace IotCard.Tests.Hosting;

/// <summary>A script's output in each stream.</summary>
internal sealed record Streams(
    IReadOnlyList<PSObject> Output,
    IReadOnlyList<ErrorRecord> Errors,
    IReadOnlyList<string> Verbose,
    IReadOnlyList<string> Warnings,
    IReadOnlyList<string> Debug,
    IReadOnlyList<string> Information,
    IReadOnlyList<ProgressRecord> Progress,
    TimeSpan Elapsed,
    Exception? Terminated)
{
    /// <summary>The error that ended the script.</summary>
    internal ErrorRecord TerminatingError => ((RuntimeException)Terminated!).ErrorRecord;

    /// <summary>One property of every output object, as text.</summary>
    internal IEnumerable<string?> Each(string property) => Output.Select(o => o.Properties[property].Value?.ToString());
}
