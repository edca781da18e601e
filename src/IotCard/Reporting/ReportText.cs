using System.Globalization;
using IotCard.Texts;

namespace IotCard.Reporting;

/// <summary>How values are written in a report, whatever the culture.</summary>
internal static class ReportText
{
    /// <summary>A time in UTC, as every page says at its end.</summary>
    internal static string Time(DateTime? time) => time?.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? string.Empty;

    /// <summary>The row's number; empty if it is not known.</summary>
    internal static string RowNumber(ReportRow row) => row.Row > 0 ? row.Row.ToString(CultureInfo.InvariantCulture) : string.Empty;

    internal static string Clock(DateTime time) => time.ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    internal static string Number(double number) => number.ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>A duration to the second, such as <c>1:02:03</c> or <c>2:03</c>.</summary>
    internal static string Duration(TimeSpan time) =>
        time.TotalHours >= 1
            ? string.Format(CultureInfo.InvariantCulture, "{0}:{1:00}:{2:00}", (int)time.TotalHours, time.Minutes, time.Seconds)
            : string.Format(CultureInfo.InvariantCulture, "{0}:{1:00}", time.Minutes, time.Seconds);

    /// <summary>How a row that was Unknown was settled: what a person wrote, or what the audit trail showed.</summary>
    internal static string HowSettled(ReportRow row, Text text)
    {
        if (row.Evidence is null)
        {
            return row.Message ?? text.Get("Report_NoComment");
        }

        var proved = text.Get("Report_Proved_" + row.Outcome);
        return row.Message is null ? proved : text.Format("Sentences", proved, row.Message);
    }

    /// <summary>The device, or both devices of a rebind.</summary>
    internal static string Devices(ReportRow row) => row.NewImei is null ? row.Imei ?? string.Empty : $"{row.Imei} → {row.NewImei}";
}
