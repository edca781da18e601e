using CsvHelper;

namespace IotCard.Demo;

/// <summary>CSV files with a header line, as text.</summary>
internal static class CsvFile
{
    /// <summary>Reads a file's rows, with each value under the name of its column.</summary>
    public static List<Dictionary<string, string>> Read(string path)
    {
        using var stream = File.OpenRead(path);
        using var csv = CsvReader.Create(stream, new CsvReaderOptions(), leaveOpen: true);
        var columns = csv.Headers;
        var rows = new List<Dictionary<string, string>>();
        while (csv.Read())
        {
            rows.Add(columns.Select((name, i) => (name, Value: csv.GetString(i))).ToDictionary(c => c.name, c => c.Value, StringComparer.OrdinalIgnoreCase));
        }

        return rows;
    }
}
