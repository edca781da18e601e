using IotCard.Client.Journaling;
using IotCard.Client.Sanitizing;
using IotCard.Texts;

namespace IotCard.Reporting;

/// <summary>Where the rows of a report come from: what its journals say of themselves.</summary>
internal static class ReportFacts
{
    /// <summary>The name of the hash of a list.</summary>
    internal const string ListHash = "Report_ListHash";

    /// <summary>The name of the SHA-256 of a journal's file.</summary>
    internal const string JournalHash = "Report_Sha256";

    /// <summary>The facts that are known, each with the name of its text, in the order of reading.</summary>
    internal static IEnumerable<(string Name, string? Value)> Of(Report report, Text text)
    {
        foreach (var source in report.Sources)
        {
            var endpoint = source.Endpoint?.GetLeftPart(UriPartial.Authority);
            yield return ("Report_Endpoint", source.IsPractice ? text.Format("PracticePlace", endpoint) : endpoint);
            yield return ("Report_AccessKey", Distinct(source, static caller => caller.AccessKeyId));
            yield return ("Report_User", Distinct(source, static caller => caller.User));
            yield return ("Report_Machine", Distinct(source, static caller => caller.Machine));
            yield return ("Report_Runs", Times(source.Runs));
            foreach (var hash in ListHashes(source.Runs, text))
            {
                yield return (ListHash, hash);
            }

            yield return ("Report_Journal", source.Path);
            yield return (JournalHash, source.Sha256);
        }
    }

    /// <summary>The hash of each list that the runs had. Where there were several, each says of which runs.</summary>
    private static IEnumerable<string> ListHashes(IReadOnlyList<JournalRun> runs, Text text)
    {
        var lists = runs.GroupBy(static run => run.ListHash, StringComparer.Ordinal).ToList();
        foreach (var list in lists)
        {
            var hash = list.Key is null ? text.Get("Report_NoListHash") : SafeText.Clean(list.Key);
            yield return lists.Count == 1 ? hash : text.Format("Report_ListOfRuns", hash, Times(list));
        }
    }

    private static string Times(IEnumerable<JournalRun> runs) => string.Join(", ", runs.Select(static run => ReportText.Time(run.StartedAt.UtcDateTime)));

    private static string Distinct(ReportSource source, Func<JournalCaller, string?> find) =>
        string.Join(", ", source.Runs.Select(run => find(run.Caller)).OfType<string>().Select(static name => SafeText.Clean(name)).Distinct(StringComparer.Ordinal));
}
