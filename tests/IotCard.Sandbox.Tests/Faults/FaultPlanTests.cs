using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace IotCard.Sandbox.Tests.Faults;

/// <summary>Which request gets which fault.</summary>
public sealed class FaultPlanTests
{
    private const string Iccid = "89860018521874998319";
    private const string OtherIccid = "89860219070907095849";

    // Those that end in a response, so that nothing resends a request on its own.
    private static readonly FaultKind[] Answered =
    [
        FaultKind.GarbleResponse, FaultKind.HtmlResponse, FaultKind.ServiceUnavailable, FaultKind.InternalError, FaultKind.BadGateway,
        FaultKind.GatewayTimeout, FaultKind.Throttling, FaultKind.ThrottlingUser, FaultKind.ThrottlingApi, FaultKind.ForgetNonce,
        FaultKind.SkewedClock, FaultKind.OkWithoutResult, FaultKind.OkButNotDone, FaultKind.DuplicateDelivery,
    ];

    [Fact]
    public void A_plan_is_mixed_of_groups()
    {
        var network = FaultPlan.Mixed(0.5).Rates;
        var middlebox = FaultPlan.Mixed(0.5, groups: FaultGroups.Middlebox).Rates;
        var all = FaultPlan.Mixed(0.5, groups: FaultGroups.All).Rates;

        Assert.Contains(FaultKind.DuplicateDelivery, network);
        Assert.Contains(FaultKind.NumericCode, middlebox);
        Assert.Empty(network.Keys.Intersect(middlebox.Keys));
        Assert.Equal(FaultKinds.All.Order(), network.Keys.Concat(middlebox.Keys).Order());
        Assert.Equal(FaultKinds.All.Order(), all.Keys.Order());
        Assert.Equal(0.5, all.Values.Sum(), 9);
    }

    [Fact]
    public async Task The_same_seed_affects_the_same_requests_at_any_concurrency()
    {
        var one = await RunAsync(seed: 1, atOnce: 1);
        var many = await RunAsync(seed: 1, atOnce: 16);
        var other = await RunAsync(seed: 2, atOnce: 16);

        Assert.Equal(one, many);
        Assert.NotEqual(one, other);
        Assert.Equal(Answered.Length, one.SelectMany(line => line.Split(' ')[2..]).Distinct(StringComparer.Ordinal).Count(kind => !kind.Contains('@', StringComparison.Ordinal)));
    }

    // What happened to each nonce, sent three times: its responses' statuses and its faults.
    private static async Task<string[]> RunAsync(int seed, int atOnce)
    {
        const int count = 200;
        var plan = new FaultPlan { Seed = seed, Rates = Answered.ToDictionary(kind => kind, _ => 0.05) };
        await using var sandbox = await Sandbox.StartAsync(new SandboxOptions { Faults = plan, Clock = Sandbox.FakeClock(), Fleet = Fleet.Generate(count) });
        var statuses = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, count),
            new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = TestContext.Current.CancellationToken },
            async (i, _) =>
            {
                var request = TestRequest.Unbind(SyntheticNumbers.Iccid(i), SyntheticNumbers.Imei(i)) with { Nonce = $"n{i:D3}", Time = Sandbox.Noon };
                for (var arrival = 1; arrival <= 3; arrival++)
                {
                    var response = await sandbox.SendAsync(request);
                    statuses.AddOrUpdate(request.Nonce, _ => $"{(int)response.Status}", (_, before) => $"{before},{(int)response.Status}");
                }
            });

        var faults = sandbox.Log.Injections.ToLookup(injection => injection.Nonce, StringComparer.Ordinal);
        return
        [
            .. statuses.OrderBy(status => status.Key, StringComparer.Ordinal).Select(status =>
                $"{status.Key} {status.Value} {string.Join(' ', faults[status.Key].Select(fault => $"{fault.Kind} @{fault.Moment}"))}".TrimEnd()),
        ];
    }

    [Fact]
    public void Each_kind_has_its_rate_and_every_moment_its_turn()
    {
        var injector = new FaultInjector(FaultPlan.Mixed(0.5, seed: 3, FaultGroups.All), [SandboxOptions.DefaultAccessKey], TimeProvider.System);
        var drawn = Enumerable.Range(0, 80_000).Select(i => injector.Draw(Request($"nonce {i}"))).ToArray();

        var expected = 80_000 * 0.5 / FaultKinds.All.Length;
        Assert.All(FaultKinds.All, kind =>
        {
            var ofKind = drawn.Where(fault => fault.Kind == kind).ToArray();
            Assert.InRange(ofKind.Length, expected * 0.85, expected * 1.15);
            Assert.Equal(FaultKinds.MomentsOf(kind).Order(), ofKind.Select(fault => fault.Moment).Distinct().Order());
        });
    }

    [Fact]
    public void Each_arrival_of_a_nonce_has_its_own_random_choice()
    {
        var injector = new FaultInjector(FaultPlan.Create(FaultKind.CloseAfter, 0.5), [SandboxOptions.DefaultAccessKey], TimeProvider.System);

        var struck = Enumerable.Range(0, 1000).Count(_ => injector.Draw(Request("the same")).Kind is FaultKind.CloseAfter);

        Assert.InRange(struck, 430, 570);
    }

    [Fact]
    public async Task A_script_is_followed_in_order_and_then_ends()
    {
        await using var sandbox = await Sandbox.StartAsync(new SandboxOptions
        {
            Faults = FaultPlan.Script(FaultKind.Throttling, FaultKind.None, FaultKind.InternalError),
        });

        string[] codes = [await Ask(sandbox, Iccid), await Ask(sandbox, OtherIccid), await Ask(sandbox, Iccid), await Ask(sandbox, Iccid)];

        Assert.Equal(["Throttling", "OK", "InternalError", "OK"], codes);
    }

    [Fact]
    public async Task A_cards_script_is_its_own_and_comes_first()
    {
        await using var sandbox = await Sandbox.StartAsync(new SandboxOptions
        {
            Faults = FaultPlan.Script(FaultKind.InternalError).ForCard(Iccid, FaultKind.Throttling, FaultKind.None).ForCard("another", FaultKind.Throttling),
        });

        string[] codes = [await Ask(sandbox, Iccid), await Ask(sandbox, Iccid), await Ask(sandbox, OtherIccid), await Ask(sandbox, Iccid)];

        Assert.Equal(["Throttling", "OK", "InternalError", "OK"], codes);
    }

    [Fact]
    public async Task Faults_can_be_for_some_cards_only()
    {
        await using var sandbox = await Sandbox.StartAsync(new SandboxOptions { Faults = FaultPlan.Create(FaultKind.Throttling, 1) with { Iccids = [Iccid] } });

        Assert.Equal("OK", await Ask(sandbox, OtherIccid));
        Assert.Equal("Throttling", await Ask(sandbox, Iccid));
        Assert.Equal("Throttling", await Ask(sandbox, Iccid));
    }

    [Fact]
    public async Task Faults_can_be_changed_while_it_runs()
    {
        await using var sandbox = await Sandbox.StartAsync();
        Assert.True(sandbox.Service.Faults.IsEmpty);

        sandbox.Service.Faults = FaultPlan.Script(FaultKind.Throttling);
        Assert.Equal("Throttling", await Ask(sandbox, Iccid));
        Assert.Equal("OK", await Ask(sandbox, Iccid));
        sandbox.Service.Faults = FaultPlan.Script(FaultKind.Throttling);
        Assert.Equal("Throttling", await Ask(sandbox, Iccid));
        sandbox.Service.Faults = FaultPlan.None;
        Assert.Equal("OK", await Ask(sandbox, Iccid));

        sandbox.Log.Reset();
        Assert.Equal((0, 0, 0), (sandbox.Log.FaultsTotal, sandbox.Log.Faults.Count, sandbox.Log.Injections.Count));
    }

    [Fact]
    public async Task The_log_may_keep_only_counts()
    {
        await using var sandbox = await Sandbox.StartAsync(new SandboxOptions { Faults = FaultPlan.Create(FaultKind.Throttling, 1), CountsOnly = true });

        await Ask(sandbox, Iccid);

        Assert.Equal(1, sandbox.Log.FaultsTotal);
        Assert.Empty(sandbox.Log.Injections);
    }

    public static TheoryData<string, FaultPlan> BadPlans => new()
    {
        { "The rate of CloseAfter is 1.1; a rate is a number from 0 to 1.", FaultPlan.Create(FaultKind.CloseAfter, 1.1) },
        { "The rate of CloseAfter is NaN; a rate is a number from 0 to 1.", FaultPlan.Create(FaultKind.CloseAfter, double.NaN) },
        { "The rates add up to more than 1, but a request has at most one fault.", new FaultPlan { Rates = Answered.ToDictionary(kind => kind, _ => 0.1) } },
        { "CloseAfter cannot strike OnArrival.", FaultPlan.Script(new Fault(FaultKind.CloseAfter, FaultMoment.OnArrival)) },
        { "Throttling cannot strike AfterService.", FaultPlan.None.ForCard(Iccid, new Fault(FaultKind.Throttling, FaultMoment.AfterService)) },
        { "Delay is negative.", new FaultPlan { Delay = TimeSpan.FromSeconds(-1) } },
        { "Hint is less than a millisecond.", new FaultPlan { Hint = TimeSpan.Zero } },
        { "Hints is empty; None is a hint.", new FaultPlan { Hints = [] } },
        { "A count of ExpiredTokens is negative.", new FaultPlan { ExpiredTokens = new Dictionary<string, int>(StringComparer.Ordinal) { ["id"] = -1 } } },
    };

    [Theory]
    [MemberData(nameof(BadPlans))]
    public async Task A_bad_plan_is_refused(string message, FaultPlan plan)
    {
        await using var sandbox = await Sandbox.StartAsync();

        Assert.StartsWith(message, Assert.Throws<ArgumentException>(() => sandbox.Service.Faults = plan).Message, StringComparison.Ordinal);
        Assert.StartsWith(message, (await Assert.ThrowsAsync<ArgumentException>(() => Sandbox.StartAsync(new SandboxOptions { Faults = plan }))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_rates_of_faults_may_add_up_to_one() => Assert.Null(new FaultPlan { Rates = Answered.Take(10).ToDictionary(kind => kind, _ => 0.1) }.Error());

    [Theory]
    [InlineData("CloseAfter", "CloseAfter")]
    [InlineData("closeafter@afterservice", "CloseAfter@AfterService")]
    [InlineData("None", "None")]
    public void A_fault_can_be_written_and_parsed(string text, string written) => Assert.Equal(written, Fault.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("3")]
    [InlineData("CloseAfter@")]
    [InlineData("CloseAfter@2")]
    [InlineData("CloseAfter,CloseBefore")]
    [InlineData("@OnArrival")]
    public void What_is_not_a_fault_is_rejected(string text) => Assert.Throws<FormatException>(() => Fault.Parse(text));

    [Fact]
    public void The_page_has_a_row_for_every_kind()
    {
        var page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "sandbox.md"));

        Assert.All(FaultKinds.All, kind => Assert.Contains($"\n| `{kind}` |", page, StringComparison.Ordinal));
    }

    [Fact]
    public void Arrivals_are_counted_while_a_timestamp_lives()
    {
        var clock = Sandbox.FakeClock();
        var arrivals = new NonceArrivals(clock);

        Assert.Equal((1, 2, 1), (arrivals.Count("a"), arrivals.Count("a"), arrivals.Count("b")));
        clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal((3, 2), (arrivals.Count("a"), arrivals.Count("b")));
        clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal(4, arrivals.Count("a"));
        clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal((5, 1), (arrivals.Count("a"), arrivals.Count("b")));
    }

    private static WireRequest Request(string nonce) => new(
        "POST",
        "/",
        string.Create(CultureInfo.InvariantCulture, $"?Action=DoIotChgBindOrUnBind&SecurityToken=t&SignatureNonce={Uri.EscapeDataString(nonce)}"),
        new HeaderDictionary(),
        []);

    private static async Task<string> Ask(Sandbox sandbox, string iccid) =>
        (await sandbox.SendAsync((new TestRequest { Action = "QueryCardStatus" }).With("Iccid", iccid))).Code;
}
