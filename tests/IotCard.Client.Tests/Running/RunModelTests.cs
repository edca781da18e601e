using IotCard.Client.Cards;
using IotCard.Client.Rules;
using IotCard.Client.Running;

namespace IotCard.Client.Tests.Running;

/// <summary>
/// Many rows for few cards and devices, answered in any order, compared with a simple model of what may be in flight: a
/// row, up to the limit, as soon as no earlier row with its card or one of its devices is left.
/// </summary>
public sealed class RunModelTests
{
    private const int Rows = 120;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    [InlineData(3, 8)]
    [InlineData(4, 64)]
    [InlineData(5, 256)]
    public async Task Exactly_the_rows_that_may_be_in_flight_are(int seed, int limit)
    {
        var random = new Random(seed);
        var rows = MakeRows(random);
        var model = new Model(rows);
        using var service = new WatchedService(new RunOptions { ThrottleLimit = limit });
        foreach (var row in rows)
        {
            service.Run.Add(row);
        }

        var answered = 0;
        while (model.Ready.Count > 0)
        {
            // If it sent too few, this would wait in vain.
            await service.WaitUntilArrivedAsync(answered + Math.Min(limit, model.Ready.Count));
            var inFlight = service.InFlight;
            Assert.Equal(Math.Min(limit, model.Ready.Count), inFlight.Count);
            Assert.Subset(model.Ready, inFlight.ToHashSet());

            var next = inFlight.OrderBy(model.PlaceOf).ElementAt(random.Next(inFlight.Count));
            var status = random.Next(10) switch { 0 => OutcomeStatus.Unknown, 1 => OutcomeStatus.Failed, _ => OutcomeStatus.Succeeded };
            model.Settle(next, status);
            service.Respond(next, Body(status));
            answered++;
        }

        var results = await service.TakeAsync(rows.Count);

        Assert.Equal(answered, service.Arrived);
        Assert.Equal(rows, results.Select(r => r.Outcome!.Row));
        Assert.Equal(rows.Select(model.OutcomeOf), results.Select(r => (r.Outcome!.Status, r.Outcome!.Code == OutcomeCode.PredecessorUnknown)));
        Assert.Contains(results, r => r.Outcome!.Code == OutcomeCode.PredecessorUnknown);
    }

    private static string Body(OutcomeStatus status) => status switch
    {
        OutcomeStatus.Succeeded => """{"Code":"OK","IotModBind":{"IsModSuccess":true}}""",
        OutcomeStatus.Failed => """{"Code":"isv.ERROR_BIND_NOT_EXIST"}""",
        _ => string.Empty,
    };

    /// <summary>Rebinds and unbinds, no two alike; a third of the cards and a quarter of the devices come from a small set.</summary>
    private static List<BindingRow> MakeRows(Random random)
    {
        var rows = new HashSet<BindingRow>();
        while (rows.Count < Rows)
        {
            var iccid = SyntheticNumbers.Iccid(random.Next(3) == 0 ? random.Next(Rows / 5) : Rows + rows.Count);
            var imei = Written(random);
            var newImei = Written(random);
            if (imei[..14] != newImei[..14])
            {
                rows.Add(random.Next(3) == 0 ? BindingRow.Unbind(iccid, imei) : BindingRow.Rebind(iccid, imei, newImei));
            }
        }

        return [.. rows];

        static string Written(Random random)
        {
            var imei = SyntheticNumbers.Imei(random.Next(4) == 0 ? random.Next(Rows) : random.Next(1_000_000));
            return random.Next(3) switch { 0 => imei[..14], 1 => imei[..14] + "07", _ => imei };
        }
    }

    /// <summary>The rules of order in their simplest form: every row checks every earlier one.</summary>
    private sealed class Model
    {
        private readonly List<BindingRow> _rows;
        private readonly Dictionary<BindingRow, int> _places;
        private readonly Dictionary<BindingRow, (OutcomeStatus Status, bool IsBehindUnknown)> _outcomes = [];
        private readonly HashSet<string> _unknownCards = [];

        internal Model(List<BindingRow> rows)
        {
            _rows = rows;
            _places = rows.Select((row, place) => (row, place)).ToDictionary(r => r.row, r => r.place);
            Prepare();
        }

        internal HashSet<BindingRow> Ready { get; } = [];

        internal int PlaceOf(BindingRow row) => _places[row];

        internal (OutcomeStatus Status, bool IsBehindUnknown) OutcomeOf(BindingRow row) => _outcomes[row];

        internal void Settle(BindingRow row, OutcomeStatus status)
        {
            _outcomes.Add(row, (status, false));
            Ready.Remove(row);
            if (status == OutcomeStatus.Unknown)
            {
                _unknownCards.Add(row.Iccid);
            }

            Prepare();
        }

        private void Prepare()
        {
            for (var i = 0; i < _rows.Count; i++)
            {
                var row = _rows[i];
                if (_outcomes.ContainsKey(row) || Ready.Contains(row) || _rows.Take(i).Any(r => !_outcomes.ContainsKey(r) && Shares(r, row)))
                {
                    continue;
                }

                if (_unknownCards.Contains(row.Iccid))
                {
                    _outcomes.Add(row, (OutcomeStatus.Failed, true));
                }
                else
                {
                    Ready.Add(row);
                }
            }
        }

        private static bool Shares(BindingRow one, BindingRow other) =>
            one.Iccid == other.Iccid || DevicesOf(one).Intersect(DevicesOf(other)).Any();

        private static IEnumerable<string> DevicesOf(BindingRow row) =>
            row.NewImei is { } newImei ? [row.Imei[..14], newImei[..14]] : [row.Imei[..14]];
    }
}
