using IotCard.Client.Rules;
using IotCard.Client.Signing;

namespace IotCard.Client.Tests.Sending;

/// <summary>
/// The whole table of the sending rules, written down a second time: for any sequence of results, a row has the
/// outcome, the requests and the nonces that the table says.
/// </summary>
public sealed class RuleTableTests
{
    private const int Scripts = 600;

    private static readonly End[] Ends = Enum.GetValues<End>();

    private enum End
    {
        Done,
        NotDone,
        NoStatus,
        Refused,
        Broken,
        NoBinding,
        RefusedByGateway,
        Fatal,
        Throttled,
        WrongTime,
        ExpiredToken,
        NonceUsed,
        NoConnection,
        Cut,
        Unreadable,
        Unavailable,
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Every_sequence_of_results_has_the_outcome_in_the_table(int seed)
    {
        var random = new Random(seed);
        var seen = new HashSet<(OutcomeStatus, bool)>();
        for (var i = 0; i < Scripts; i++)
        {
            var retries = random.Next(4);
            var isRenewable = random.Next(2) == 0;
            var script = Enumerable.Range(0, 14).Select(_ => Choose(random)).Append(End.Done).ToArray();
            var expected = Expect(script, retries, isRenewable);
            var story = $"{string.Join(' ', script.Take(expected.Sent))}, {retries} retries, renewable: {isRenewable}";
            using var service = new ScriptedService(
                retries, credentials: new ScriptedCredentials(isRenewable ? new Credential("new", "secret", "token-2") : null));
            foreach (var end in script)
            {
                Write(service, end);
            }

            var outcome = await service.SendAsync();

            Assert.True(
                expected == (outcome.Status, outcome.Attempts, service.NoncesUsed, service.EndsRun),
                $"{story}: {(outcome.Status, outcome.Attempts, service.NoncesUsed, service.EndsRun)}, not {expected}");
            Assert.Equal(expected.Sent, service.Sent.Count);
            AssertTheSameFromTheFirstLossOn(service.Sent, script, story);
            seen.Add((expected.Status, expected.Nonces < expected.Sent));
        }

        // A row that settled at once and one that was in doubt, for each outcome.
        Assert.Equal(6, seen.Count);
    }

    private static void AssertTheSameFromTheFirstLossOn(List<string> sent, End[] script, string story)
    {
        var lost = Array.FindIndex(script, end => end is End.Cut or End.Unreadable or End.Unavailable);
        if (lost >= 0 && lost < sent.Count)
        {
            Assert.All(sent.Skip(lost), message => Assert.True(message == sent[lost], story));
        }
    }

    /// <summary>Results after which a row continues are more frequent, so that sequences are long.</summary>
    private static End Choose(Random random) =>
        random.Next(3) > 0
            ? random.GetItems([End.Throttled, End.NoConnection, End.Cut, End.Unreadable, End.Unavailable, End.WrongTime, End.ExpiredToken], 1)[0]
            : random.GetItems(Ends, 1)[0];

    private static void Write(ScriptedService service, End end) => _ = end switch
    {
        End.Done => service.Answers("OK", 200),
        End.NotDone => service.Answers("""{"Code":"OK","IotModBind":{"IsModSuccess":false}}""", 200),
        End.NoStatus => service.Answers("""{"Code":"OK"}""", 200),
        End.Refused => service.Answers("isv.IOT_RES_NOT_EXIST", 400),
        End.Broken => service.Answers("isv.SYSTEM_ERROR", 404),
        End.NoBinding => service.Answers("isv.ERROR_BIND_NOT_EXIST", 404),
        End.RefusedByGateway => service.Answers("SomethingNew"),
        End.Fatal => service.Answers("SignatureDoesNotMatch", 403),
        End.Throttled => service.Answers("Throttling.User", 429, ("x-acs-retry-after", "150")),
        End.WrongTime => service.Answers("InvalidTimeStamp.Expired", 400, ("Date", "Mon, 23 Nov 2026 11:00:00 GMT")),
        End.ExpiredToken => service.Answers("InvalidSecurityToken.Expired"),
        End.NonceUsed => service.Answers("SignatureNonceUsed"),
        End.NoConnection => service.DoesNotConnect(),
        End.Cut => service.Loses(),
        End.Unreadable => service.Answers("""{"html":"a proxy's page"}""", 200),
        End.Unavailable => service.Answers("ServiceUnavailable", 503),
        _ => throw new ArgumentOutOfRangeException(nameof(end), end, "Not an end."),
    };

    private static (OutcomeStatus Status, int Sent, int Nonces, bool EndsRun) Expect(End[] script, int retries, bool isRenewable)
    {
        var (sent, nonces, failedTries) = (0, 0, 0);
        var (inDoubt, timeCorrected, tokenRefreshed) = (false, false, false);
        foreach (var end in script)
        {
            sent++;
            nonces += inDoubt ? 0 : 1;
            switch (end)
            {
                case End.Throttled:
                case End.WrongTime when !inDoubt && !timeCorrected:
                case End.ExpiredToken when !inDoubt && !tokenRefreshed && isRenewable:
                    timeCorrected |= end == End.WrongTime;
                    tokenRefreshed |= end == End.ExpiredToken;
                    continue;
                case End.Cut or End.Unreadable or End.Unavailable when !inDoubt:
                    inDoubt = true;
                    failedTries = 0;
                    break;
            }

            if (end is End.NoConnection or End.Cut or End.Unreadable or End.Unavailable && failedTries++ < retries)
            {
                continue;
            }

            var status = end switch
            {
                End.Done => OutcomeStatus.Succeeded,
                End.NoStatus or End.NonceUsed or End.Broken => OutcomeStatus.Unknown,
                End.Refused => OutcomeStatus.Failed,
                _ => inDoubt ? OutcomeStatus.Unknown : OutcomeStatus.Failed,
            };
            return (status, sent, nonces, end == End.Fatal || (end == End.ExpiredToken && !inDoubt));
        }

        throw new InvalidOperationException("The script has no end.");
    }
}
