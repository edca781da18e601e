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
            yield return ("Report_Runs", string.Join(", ", source.Runs.Select(static time => ReportText.Time(time.UtcDateTime))));
            yield return ("Report_Journal", source.Path);
            yield return ("Report_Sha256", source.Sha256);
        }
    }
}
