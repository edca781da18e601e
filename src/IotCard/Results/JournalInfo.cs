using System.Management.Automation;
using IotCard.Client.Journaling;
using IotCard.Client.Sanitizing;

namespace IotCard;

/// <summary>
/// An automatic journal, and how many of its rows ended with which outcome. It can be piped into
/// <c>Get-IotCardJournal</c>, which returns the results themselves.
/// </summary>
public sealed class JournalInfo
{
    private readonly DateTimeOffset _started;

    internal JournalInfo(JournalSummary summary)
    {
        Path = SafeText.Clean(summary.Path);
        Operation = summary.Job.Operation.ToString();
        Endpoint = summary.Job.Endpoint;
        _started = summary.StartedAt;
        Hash = SafeText.CleanCell(summary.ListHash);
        Succeeded = summary.Succeeded;
        Failed = summary.Failed;
        Unknown = summary.Unknown;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The operation: <c>Rebind</c> or <c>Unbind</c>.</summary>
    public string Operation { get; }

    /// <summary>Scheme, host and port of the service.</summary>
    public Uri Endpoint { get; }

    /// <summary>When the run started: a <see cref="DateTime"/> in UTC.</summary>
    public PSObject Started => PortableValue.Time(_started);

    /// <summary>
    /// The hash of the list of the last run, as <c>Test-IotCardBinding -Summary</c> gives it; null if the run ended before
    /// it had a list.
    /// </summary>
    public string? Hash { get; }

    /// <summary>How many rows succeeded.</summary>
    public int Succeeded { get; }

    /// <summary>How many rows failed.</summary>
    public int Failed { get; }

    /// <summary>How many rows are unknown, including those in flight.</summary>
    public int Unknown { get; }

    /// <summary>The file.</summary>
    /// <returns>The path.</returns>
    public override string ToString() => Path;
}
