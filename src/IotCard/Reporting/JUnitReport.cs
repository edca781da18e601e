using System.Globalization;
using System.Text;
using System.Xml;
using IotCard.Client.Rules;
using IotCard.Texts;

namespace IotCard.Reporting;

/// <summary>
/// The report as test results, which every build server shows: a test case for each row, a failure for what failed, an
/// error for what is unknown.
/// </summary>
internal sealed class JUnitReport(Text text) : IReportFormat
{
    /// <inheritdoc/>
    public string Write(Report report)
    {
        var page = new StringBuilder();
        using (var xml = XmlWriter.Create(page, new XmlWriterSettings { Indent = true, NewLineChars = "\n", OmitXmlDeclaration = true }))
        {
            var failures = Number(report.CountOf(OutcomeStatus.Failed));
            var errors = Number(report.CountOf(OutcomeStatus.Unknown));
            xml.WriteStartElement("testsuites");
            Attributes(xml, ("name", report.Title), ("tests", Number(report.Rows.Count)), ("failures", failures), ("errors", errors));
            xml.WriteStartElement("testsuite");
            Attributes(
                xml,
                ("name", report.Title),
                ("tests", Number(report.Rows.Count)),
                ("failures", failures),
                ("errors", errors),
                ("skipped", "0"),
                ("time", ReportText.Number(report is { StartedAt: { } start, EndedAt: { } end } ? (end - start).TotalSeconds : 0)),
                ("timestamp", (report.StartedAt ?? report.CreatedAt).ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture)));
            AddProperties(xml, report);
            foreach (var row in report.Rows)
            {
                AddCase(xml, row);
            }

            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        return $"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{page}\n";
    }

    private void AddProperties(XmlWriter xml, Report report)
    {
        xml.WriteStartElement("properties");
        foreach (var (name, value) in ReportFacts.Of(report, text))
        {
            if (value is { Length: > 0 })
            {
                xml.WriteStartElement("property");
                Attributes(xml, ("name", text.Get(name)), ("value", value));
                xml.WriteEndElement();
            }
        }

        xml.WriteEndElement();
    }

    private static void AddCase(XmlWriter xml, ReportRow row)
    {
        xml.WriteStartElement("testcase");
        Attributes(xml, ("classname", "IotCard." + row.Operation), ("name", $"{Number(row.Row)} {row.Iccid} {ReportText.Devices(row)}".Trim()), ("time", ReportText.Number(row.Elapsed)));
        if (row.Outcome != OutcomeStatus.Succeeded)
        {
            xml.WriteStartElement(row.Outcome == OutcomeStatus.Failed ? "failure" : "error");
            Attributes(xml, ("type", row.Code), ("message", row.Message ?? row.Code));
            xml.WriteString(Clean($"{row.Message} {row.RequestId}".Trim()));
            xml.WriteEndElement();
        }
        else if (row.Unsettled is not null)
        {
            xml.WriteElementString("system-out", Clean($"{row.Code}: {row.Message}"));
        }

        xml.WriteEndElement();
    }

    private static void Attributes(XmlWriter xml, params (string Name, string Value)[] attributes)
    {
        foreach (var (name, value) in attributes)
        {
            xml.WriteAttributeString(name, Clean(value));
        }
    }

    /// <summary>Replaces what XML 1.0 cannot hold, not even as a character reference.</summary>
    private static string Clean(string value)
    {
        var clean = new StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            if (i + 1 < value.Length && XmlConvert.IsXmlSurrogatePair(value[i + 1], value[i]))
            {
                clean.Append(value[i]).Append(value[++i]);
            }
            else
            {
                clean.Append(XmlConvert.IsXmlChar(value[i]) ? value[i] : '\uFFFD');
            }
        }

        return clean.ToString();
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
