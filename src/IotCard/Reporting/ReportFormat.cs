namespace IotCard;

/// <summary>The formats of a report.</summary>
public enum ReportFormat
{
    /// <summary>A page for a browser and for paper, in one file.</summary>
    Html,

    /// <summary>For the summary of a job on a build server, a ticket or a chat.</summary>
    Markdown,

    /// <summary>The XML in which build servers read test results: a test case for each row.</summary>
    JUnit,
}
