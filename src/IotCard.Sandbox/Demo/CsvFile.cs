using CsvHelper;

namespace IotCard.Sandbox.Demo;

/// <summary>CSV files with a header line, as text.</summary>
internal static class CsvFile
{
    public static List<Dictionary<string, string>> Read(string path)
    {
        using var stream = File.OpenRead(path);
        using var csv = CsvReader.Create(stream, new CsvReaderOptions(), leaveOpen: true);
        var columns = csv.Headers;
        var rows = new List<Dictionary<string, string>>();
        while (csv.Read())
            rows.Add(columns.Select((name, i) => (name, Value: csv.GetString(i))).ToDictionary(c => c.name, c => c.Value, StringComparer.OrdinalIgnoreCase));
        return rows;
    }

    public static void Write(string path, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string?>> rows)
    {
        using var stream = File.Create(path);
        using var csv = CsvWriter.Create(stream, new CsvWriterOptions(), leaveOpen: true);
        csv.WriteRecord([.. columns]);
        foreach (var row in rows)
            csv.WriteRecord([.. row.Select(v => v ?? string.Empty)]);
    }
}
