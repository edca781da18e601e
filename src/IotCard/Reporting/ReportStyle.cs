using System.Reflection;

namespace IotCard.Reporting;

/// <summary>The style sheet of the HTML report, an embedded resource.</summary>
internal static class ReportStyle
{
    internal static string Css
    {
        get
        {
            using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("IotCard.Reporting.Report.css")!;
            using var reader = new StreamReader(stream);
            return reader.ReadToEnd().Trim();
        }
    }
}
