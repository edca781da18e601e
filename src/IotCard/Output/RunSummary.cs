using System.Management.Automation.Language;
using IotCard.Sessions;
using IotCard.Texts;

namespace IotCard.Output;

/// <summary>
/// What a run says at its end: the outcomes, how many of them it has sent itself, where and with whose key, the journal,
/// and after a stop the way to go on.
/// </summary>
internal sealed class RunSummary(BindingSession session, ServicePlace place, Text text)
{
    /// <summary>Describes a run that was published to its end.</summary>
    internal string Describe()
    {
        var counts = session.Run.Counts;
        return Join(text.Format("RunSummary", counts.Enqueued, counts.Succeeded, counts.Failed, counts.Unknown), isStopped: session.Run.AbortReason is not null);
    }

    /// <summary>Describes a run that ends before all its results are published.</summary>
    internal string DescribeEarlyEnd()
    {
        var counts = session.Run.Counts;
        var total = session.Total ?? counts.Enqueued;
        return Join(text.Format("RunStopped", total, counts.Succeeded, total - counts.Succeeded - counts.Unknown, counts.Unknown), isStopped: true);
    }

    private string Join(string counts, bool isStopped)
    {
        string?[] sentences =
        [
            counts,
            text.Format("RunSources", session.Run.Sent, session.Run.Recorded),
            place.Describe(),
            .. isStopped ? DescribeWayOn() : [DescribeJournal()],
        ];
        return sentences.OfType<string>().Aggregate((all, next) => text.Format("Sentences", all, next));
    }

    private string? DescribeJournal() => session.JournalPath is { } path ? text.Format("RunSummaryJournal", path) : null;

    /// <summary>The journal, and how to go on with a stopped run, unless no journal could keep it from sending rows twice.</summary>
    private string?[] DescribeWayOn() =>
        session.JournalFailure is not null || (session.Journal is null && session.Run.Sent > 0) ? [DescribeJournal()]
        : session is { IsJournalAutomatic: true, JournalPath: { } path } ? [text.Format("RunGoesOnWith", CodeGeneration.EscapeSingleQuotedStringContent(path))]
        : [text.Get("RunGoesOn"), DescribeJournal()];
}
