namespace IotCard.Reporting;

/// <summary>Writes a report in one format.</summary>
internal interface IReportFormat
{
    /// <summary>Writes the whole file. Everything that a cell can hold is escaped.</summary>
    string Write(Report report);
}
