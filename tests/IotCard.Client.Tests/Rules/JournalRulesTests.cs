using IotCard.Client.Cards;
using IotCard.Client.Rules;

namespace IotCard.Client.Tests.Rules;

/// <summary>The table of what a journal's record of a row means.</summary>
public sealed class JournalRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);
    private static readonly BindingRow Row = BindingRow.Rebind("89860412345678901234", SyntheticNumbers.Imei(0), SyntheticNumbers.Imei(1));

    public enum Record
    {
        Nothing,
        Failed,
        Succeeded,
        Unknown,
        OpenYoung,
        OpenOld,
        OpenYoungByTheGatewaysClock,
    }

    [Theory]
    [InlineData(Record.Nothing, "Send", null, "Send", null)]
    [InlineData(Record.Failed, "Send", null, "Send", null)]
    [InlineData(Record.Succeeded, "AlreadyDone", "OK", "AlreadyDone", "OK")]
    [InlineData(Record.Unknown, "Unknown", "OutcomeUnknown", "Send", null)]
    [InlineData(Record.OpenYoung, "Resume", "Interrupted", "Send", null)]
    [InlineData(Record.OpenOld, "Unknown", "Interrupted", "Send", null)]
    [InlineData(Record.OpenYoungByTheGatewaysClock, "Resume", "Interrupted", "Send", null)]
    public void A_row_is_decided_by_its_last_record(Record record, string action, string? code, string actionWithRetry, string? codeWithRetry)
    {
        Assert.Equal((action, code), Decide(Recorded(record), retriesUnknown: false));
        Assert.Equal((actionWithRetry, codeWithRetry), Decide(Recorded(record), retriesUnknown: true));
    }

    [Theory]
    [InlineData(Record.Nothing, "Send", null)]
    [InlineData(Record.Failed, "Send", null)]
    [InlineData(Record.Succeeded, "Refuse", "CardChangedSince")]
    [InlineData(Record.Unknown, "Unknown", "OutcomeUnknown")]
    [InlineData(Record.OpenYoung, "Resume", "Interrupted")]
    public void A_success_before_a_later_change_of_the_card_is_not_given_out(Record record, string action, string? code) =>
        Assert.Equal((action, code), Decide(Recorded(record) with { IsOvertaken = true }, retriesUnknown: false));

    [Theory]
    [InlineData(Record.Nothing, false, "Refuse", "PredecessorUnknown")]
    [InlineData(Record.Failed, true, "Refuse", "PredecessorUnknown")]
    [InlineData(Record.Succeeded, false, "AlreadyDone", "OK")]
    [InlineData(Record.OpenYoung, false, "Resume", "Interrupted")]
    [InlineData(Record.Unknown, true, "Send", null)]
    public void A_row_behind_an_unknown_one_is_refused_unless_it_is_done_or_in_doubt_itself(Record record, bool retriesUnknown, string action, string? code) =>
        Assert.Equal((action, code), Decide(Recorded(record) with { IsBehindUnknown = true }, retriesUnknown));

    [Theory]
    [InlineData(Record.Nothing, OutcomeStatus.Failed, "ConnectionFailed", null)]
    [InlineData(Record.Failed, OutcomeStatus.Failed, "ConnectionFailed", null)]
    [InlineData(Record.Unknown, OutcomeStatus.Unknown, "OutcomeUnknown", "ConnectionFailed")]
    [InlineData(Record.OpenOld, OutcomeStatus.Unknown, "OutcomeUnknown", "ConnectionFailed")]
    public void A_request_that_was_not_executed_settles_nothing_about_an_earlier_one(Record record, OutcomeStatus status, string code, string? reason)
    {
        var outcome = JournalRules.WhenNotExecuted(RowOutcome.NotSent(Row, "ConnectionFailed", Now), Recorded(record));

        Assert.Equal((status, code, reason), (outcome.Status, outcome.Code, outcome.Reason));
    }

    private static (string, string?) Decide(RecordedRow recorded, bool retriesUnknown) =>
        JournalRules.Decide(recorded, Now, retriesUnknown) is var decision ? (decision.Action.ToString(), decision.Code) : default;

    private static RecordedRow Recorded(Record record) => record switch
    {
        Record.Failed => Ended(OutcomeStatus.Failed, "isv.IOT_RES_NOT_EXIST"),
        Record.Succeeded => Ended(OutcomeStatus.Succeeded, OutcomeCode.Ok),
        Record.Unknown => Ended(OutcomeStatus.Unknown, OutcomeCode.OutcomeUnknown),
        Record.OpenYoung => new RecordedRow { OpenIntent = Sent(TimeSpan.FromMinutes(10)) },
        Record.OpenOld => new RecordedRow { OpenIntent = Sent(TimeSpan.FromMinutes(10.1)) },
        Record.OpenYoungByTheGatewaysClock => new RecordedRow { OpenIntent = Sent(TimeSpan.FromHours(1)) with { ClockOffset = TimeSpan.FromHours(-1) } },
        _ => RecordedRow.None,
    };

    private static RecordedRow Ended(OutcomeStatus status, string code) =>
        new() { Outcome = new RowOutcome { Row = Row, Status = status, Code = code, CompletedAt = Now } };

    private static RecordedIntent Sent(TimeSpan age) => new("nonce", Now - age, "fingerprint");
}
