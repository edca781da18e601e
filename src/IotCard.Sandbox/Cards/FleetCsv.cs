using System.Globalization;
using System.Text.RegularExpressions;
using CsvHelper;

namespace IotCard.Sandbox.Cards;

/// <summary>Reads cards from CSV text.</summary>
internal static partial class FleetCsv
{
    private static readonly CsvReaderOptions Options = new()
    {
        TrackLineNumbers = true,
        TrimWhitespace = true,
        MalformedData = CsvMalformedDataHandling.Throw,
    };

    public static IReadOnlyCollection<Card> Read(TextReader reader)
    {
        try
        {
            using var csv = CsvReader.Create(reader, Options, leaveOpen: true);
            return Read(csv);
        }
        catch (CsvFormatException exception)
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"Line {exception.LineNumber}: {exception.Message}"), exception);
        }
    }

    private static List<Card> Read(CsvReader csv)
    {
        var iccidColumn = ColumnOf(csv, "Iccid");
        var imeiColumn = ColumnOf(csv, "Imei");
        var cards = new List<Card>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (csv.Read())
        {
            var iccid = csv.GetString(iccidColumn);
            var imei = csv.GetString(imeiColumn);
            if (!Iccid().IsMatch(iccid))
            {
                throw At(csv.LineNumber, $"'{iccid}' is not an ICCID: 89, then 17 or 18 letters and digits.");
            }

            if (imei.Length > 0 && !Fleet.IsWellFormedImei(imei))
            {
                throw At(csv.LineNumber, $"'{imei}' is not an IMEI: 14 to 16 digits.");
            }

            if (!seen.Add(iccid))
            {
                throw At(csv.LineNumber, $"the ICCID {iccid} occurs a second time.");
            }

            cards.Add(new Card(iccid, imei.Length > 0 ? imei : null));
        }

        return cards;
    }

    private static int ColumnOf(CsvReader csv, string name) =>
        csv.TryGetFieldIndex(name, out var index) ? index : throw At(1, $"the column {name} is missing.");

    private static InvalidDataException At(long line, string what) => new(string.Create(CultureInfo.InvariantCulture, $"Line {line}: {what}"));

    [GeneratedRegex("^89[0-9A-Za-z]{17,18}$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Iccid();
}
