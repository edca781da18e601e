using IotCard.Sandbox;

namespace IotCard.Demo;

/// <summary>Compares the results of a session with what the sandbox executed, card by card.</summary>
internal sealed class DemoCheck
{
    private readonly List<string> _differences = [];

    public int Cards { get; private init; }

    public int Succeeded { get; private set; }

    public int Failed { get; private set; }

    public int Unknown { get; private set; }

    public IReadOnlyList<string> Differences => _differences;

    public static DemoCheck From(string cardsPath, string resultsPath, SandboxService sandbox)
    {
        var rows = CsvFile.Read(cardsPath);
        var results = CsvFile.Read(resultsPath);
        var check = new DemoCheck { Cards = rows.Count };
        if (results.Count != rows.Count)
        {
            check._differences.Add($"{rows.Count} rows gave {results.Count} results");
        }

        foreach (var (row, result) in rows.Zip(results))
        {
            if (result["Iccid"] != row["Iccid"])
            {
                check._differences.Add($"{row["Iccid"]}: its result is of {result["Iccid"]}");
            }

            check.Compare(row, result, sandbox);
        }

        if (sandbox.Log.Executed != check.Succeeded)
        {
            check._differences.Add($"{check.Succeeded} results say Succeeded, the sandbox executed {sandbox.Log.Executed}");
        }

        return check;
    }

    private void Compare(Dictionary<string, string> row, Dictionary<string, string> result, SandboxService sandbox)
    {
        var iccid = row["Iccid"];
        var executed = sandbox.Log.ExecutedFor(iccid);
        var card = sandbox.Fleet.Find(iccid);
        switch (result["Outcome"])
        {
            case "Succeeded":
                Succeeded++;
                Expect(executed == 1, iccid, $"Succeeded, but executed {executed} times");
                Expect(
                    row["NewImei"].Length == 0 ? card is { Closed: true } : card?.Imei == row["NewImei"],
                    iccid,
                    $"Succeeded, but is bound to '{card?.Imei}'{(card is { Closed: true } ? " and closed" : string.Empty)}");
                break;
            case "Failed":
                Failed++;
                Expect(executed == 0, iccid, $"Failed, but executed {executed} times");
                break;
            case "Unknown":
                Unknown++;
                break;
            default:
                Expect(false, iccid, $"has the outcome '{result["Outcome"]}'");
                break;
        }
    }

    private void Expect(bool agrees, string iccid, string difference)
    {
        if (!agrees)
        {
            _differences.Add($"{iccid}: {difference}");
        }
    }
}
