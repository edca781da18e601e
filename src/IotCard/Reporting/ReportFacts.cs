using IotCard.Client.Journaling;
using IotCard.Client.Sanitizing;

namespace IotCard.Reporting;

/// <summary>Where the rows of a report come from: what its journals say of themselves.</summary>
internal static class ReportFacts
{
    /// <summary>The facts that are known, each with the name of its text, in the order of reading.</summary>
    internal static IEnumerable<(string Name, string? Value)> Of(Report report)
    {
        foreach (var source in report.Sources)
        {
            yield return ("Report_Endpoint", source.Endpoint?.GetLeftPart(UriPartial.Authority));
            yield return ("Report_AccessKey", Distinct(source, static caller => caller.AccessKeyId));
            yield return ("Report_User", Distinct(source, static caller => caller.User));
            yield return ("Report_Machine", Distinct(source, static caller => caller.Machine));
            yield return ("Report_Runs", string.Join(", ", source.Runs.Select(static run => ReportText.Time(run.StartedAt.UtcDateTime))));
            yield return ("Report_Journal", source.Path);
            yield return ("Report_Sha256", source.Sha256);
        }
    }

    private static string Distinct(ReportSource source, Func<JournalCaller, string?> find) =>
        string.Join(", ", source.Runs.Select(run => find(run.Caller)).OfType<string>().Select(static name => SafeText.Clean(name)).Distinct(StringComparer.Ordinal));
}
