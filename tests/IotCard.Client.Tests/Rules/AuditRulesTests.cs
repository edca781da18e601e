using IotCard.Client.Cards;
using IotCard.Client.Rules;

namespace IotCard.Client.Tests.Rules;

/// <summary>What events of the audit trail prove, and what they do not.</summary>
public sealed class AuditRulesTests
{
    private const string Key = "LTAI5t";
    private const string Nonce = "0123456789abcdef0123456789abcdef";

    private static readonly DateTimeOffset Sent = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);
    private static readonly BindingRow Row = BindingRow.Rebind("89860412345678901234", "490154203237518", "356938035643809");

    /// <summary>An event of the row's own request, with the answer recorded.</summary>
    private static readonly AuditEvent Own = new()
    {
        EventId = "E1",
        Time = Sent.AddSeconds(1),
        Iccid = Row.Iccid,
        Imei = Row.Imei,
        NewImei = Row.NewImei,
        OpionType = "chgBind",
        AccessKeyId = Key,
        UserAgent = $"IotCard/0.1.0 (nonce {Nonce})",
        AnswerCode = "OK",
        IsModSuccess = true,
    };

    /// <summary>The same where the user agent is not recorded.</summary>
    private static readonly AuditEvent Nameless = Own with { UserAgent = null };

    [Theory]
    [InlineData(null, "OK", true, nameof(AuditVerdict.Executed))]
    [InlineData("", "OK", true, nameof(AuditVerdict.Executed))]
    [InlineData(null, "OK", false, nameof(AuditVerdict.Unclear))]
    [InlineData(null, "OK", null, nameof(AuditVerdict.Unclear))]
    [InlineData(null, "ok", true, nameof(AuditVerdict.Unclear))]
    [InlineData(null, null, true, nameof(AuditVerdict.Unclear))]
    [InlineData(null, null, null, nameof(AuditVerdict.Unclear))]
    [InlineData("isv.ERROR_IMEI_ERROR", "OK", true, nameof(AuditVerdict.Unclear))]
    [InlineData("isv.ERROR_IMEI_ERROR", null, null, nameof(AuditVerdict.NotExecuted))]
    [InlineData(null, "isv.ERROR_IMEI_ERROR", false, nameof(AuditVerdict.NotExecuted))]
    [InlineData("isv.ERROR_IMEI_ERROR", "isv.ERROR_IMEI_ERROR", null, nameof(AuditVerdict.NotExecuted))]
    [InlineData("isv.ERROR_IMEI_ERROR", "isv.IOT_RES_NOT_EXIST", null, nameof(AuditVerdict.Unclear))]
    [InlineData("isv.SOMETHING_NEW", null, null, nameof(AuditVerdict.NotExecuted))]
    [InlineData("isv.ERROR_BIND_NOT_EXIST", null, null, nameof(AuditVerdict.Unclear))]
    [InlineData("isv.SYSTEM_ERROR", null, null, nameof(AuditVerdict.Unclear))]
    [InlineData("isv.中文", null, null, nameof(AuditVerdict.Unclear))]
    [InlineData("NoPermission", null, null, nameof(AuditVerdict.Refused))]
    [InlineData("Forbidden.RAM", null, null, nameof(AuditVerdict.Refused))]
    [InlineData("Forbidden.SomethingNew", null, null, nameof(AuditVerdict.Refused))]
    [InlineData("Throttling.User", null, null, nameof(AuditVerdict.Refused))]
    [InlineData("InvalidAccessKeyId.Inactive", null, null, nameof(AuditVerdict.Refused))]
    [InlineData("InvalidTimeStamp.Expired", null, null, nameof(AuditVerdict.Refused))]
    [InlineData("SignatureNonceUsed", null, null, nameof(AuditVerdict.Repeated))]
    [InlineData("ServiceUnavailable", null, null, nameof(AuditVerdict.Unclear))]
    [InlineData("InternalError", null, null, nameof(AuditVerdict.Unclear))]
    [InlineData("SomethingNew", null, null, nameof(AuditVerdict.Unclear))]
    public void An_event_says_of_its_own_request(string? error, string? answer, bool? success, string verdict) =>
        Assert.Equal(verdict, AuditRules.VerdictOf(new AuditEvent { ErrorCode = error, AnswerCode = answer, IsModSuccess = success }).ToString());

    [Fact]
    public void The_event_with_the_rows_nonce_settles_it() => Expect(AuditFinding.Executed, OutcomeStatus.Succeeded, Own);

    [Fact]
    public void A_nonce_that_is_recorded_as_a_parameter_settles_a_row_too() =>
        Expect(AuditFinding.Executed, OutcomeStatus.Succeeded, Nameless with { RecordedNonce = Nonce });

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void With_the_nonce_nothing_else_must_be_readable(bool starred, bool hasTime)
    {
        var hidden = starred
            ? Own with { Iccid = "8986**************34", Imei = "***", NewImei = "356*" }
            : Own with { Iccid = null, Imei = null, NewImei = null, OpionType = null };

        Expect(AuditFinding.Executed, OutcomeStatus.Succeeded, (hasTime ? hidden : hidden with { Time = null }) with { AccessKeyId = null });
    }

    [Fact]
    public void A_nonce_of_another_card_is_not_believed() =>
        Expect(AuditFinding.ResultNotRecorded, OutcomeStatus.Unknown, Own with { Iccid = "89860412345678909999" });

    [Fact]
    public void The_event_of_another_request_of_this_module_is_not_the_rows() =>
        Expect(AuditFinding.NoEvent, OutcomeStatus.Unknown, Own with { UserAgent = "IotCard/0.1.0 (nonce ffffffffffffffffffffffffffffffff)" });

    [Fact]
    public void An_event_of_another_tool_with_the_same_parameters_is_not_meant() =>
        Expect(AuditFinding.NoEvent, OutcomeStatus.Unknown, Own with { UserAgent = "AlibabaCloud (Linux; x86_64) Java/17" });

    [Fact]
    public void Without_a_user_agent_the_only_event_that_can_be_meant_settles_a_success() => Expect(AuditFinding.Executed, OutcomeStatus.Succeeded, Nameless);

    [Theory]
    [InlineData("IotCard/0.1.0 (nonce 0123456789a", nameof(AuditFinding.Executed))]
    [InlineData("IotCard/0.1.0 (non", nameof(AuditFinding.Executed))]
    [InlineData("IotCard/0.1.0 (nonce 0123456789b", nameof(AuditFinding.NoEvent))]
    public void A_truncated_user_agent_excludes_what_it_can(string userAgent, string finding) =>
        Expect(Enum.Parse<AuditFinding>(finding), null, Own with { UserAgent = userAgent });

    [Fact]
    public void Without_a_nonce_a_failure_is_not_believed() =>
        Expect(AuditFinding.ResultNotRecorded, OutcomeStatus.Unknown, Nameless with { ErrorCode = "isv.ERROR_IMEI_ERROR", AnswerCode = null, IsModSuccess = null });

    [Fact]
    public void Two_events_that_can_be_meant_are_a_tie() =>
        Expect(AuditFinding.Ambiguous, OutcomeStatus.Unknown, Nameless, Nameless with { EventId = "E2", Time = Sent.AddMinutes(3) });

    [Fact]
    public void One_of_the_two_may_be_starred() =>
        Expect(AuditFinding.Ambiguous, OutcomeStatus.Unknown, Nameless, Nameless with { EventId = "E2", Iccid = "8986************9999" });

    [Fact]
    public void The_same_event_found_twice_is_one() => Expect(AuditFinding.Executed, OutcomeStatus.Succeeded, Nameless, Nameless with { });

    [Fact]
    public void Two_rows_with_the_same_parameters_are_a_tie() =>
        Assert.Equal(AuditFinding.Ambiguous, Conclude(Subject() with { SameRows = 2 }, Nameless).Finding);

    [Fact]
    public void A_row_that_was_sent_by_two_runs_is_not_settled_without_a_nonce() =>
        Assert.Equal(AuditFinding.Ambiguous, Conclude(new AuditSubject(Row, [Intent(Nonce), Intent("n2")]), Nameless).Finding);

    [Theory]
    [InlineData("other", "LTAI5t")]
    [InlineData(null, "LTAI5t")]
    [InlineData("LTAI5t", null)]
    public void Without_a_nonce_the_key_must_be_the_runs(string? recorded, string? used) =>
        Assert.Equal(AuditFinding.NotIdentified, AuditRules.Conclude(Subject(), [Nameless with { AccessKeyId = recorded }], used).Finding);

    [Theory]
    [InlineData("8986**************34", "490154203237518", "356938035643809", "chgBind")]
    [InlineData("89860412345678901234", null, "356938035643809", "chgBind")]
    [InlineData("89860412345678901234", "490154203237518", "", "chgBind")]
    [InlineData("89860412345678901234", "490154203237518", "356938035643809", null)]
    public void A_starred_or_missing_parameter_cannot_tell(string? iccid, string? imei, string? newImei, string? opionType) =>
        Expect(AuditFinding.NotIdentified, OutcomeStatus.Unknown, Nameless with { Iccid = iccid, Imei = imei, NewImei = newImei, OpionType = opionType });

    [Theory]
    [InlineData("89860412345678909999", "490154203237518", "356938035643809", "chgBind")]
    [InlineData("89860412345678901234", "490154203237526", "356938035643809", "chgBind")]
    [InlineData("89860412345678901234", "490154203237518", "356938035643817", "chgBind")]
    [InlineData("89860412345678901234", "490154203237518", null, "unBind")]
    public void Another_parameter_is_another_request(string? iccid, string? imei, string? newImei, string? opionType) =>
        Expect(AuditFinding.NoEvent, OutcomeStatus.Unknown, Nameless with { Iccid = iccid, Imei = imei, NewImei = newImei, OpionType = opionType });

    [Theory]
    [InlineData(15, nameof(AuditFinding.Executed))]
    [InlineData(-15, nameof(AuditFinding.Executed))]
    [InlineData(16, nameof(AuditFinding.NoEvent))]
    [InlineData(-16, nameof(AuditFinding.NoEvent))]
    public void Without_a_nonce_the_event_must_be_within_the_life_of_the_timestamp(int minutes, string finding) =>
        Expect(Enum.Parse<AuditFinding>(finding), null, Nameless with { Time = Sent.AddMinutes(minutes) });

    [Fact]
    public void What_arrived_without_a_recorded_answer_stays_unknown() =>
        Expect(AuditFinding.ResultNotRecorded, OutcomeStatus.Unknown, Own with { AnswerCode = null, IsModSuccess = null });

    [Fact]
    public void No_event_proves_nothing() => Expect(AuditFinding.NoEvent, OutcomeStatus.Unknown);

    [Fact]
    public void Before_every_event_is_there_a_nonce_is_believed_and_nothing_else()
    {
        var early = Subject() with { IsComplete = false };

        Assert.Equal(AuditFinding.Executed, Conclude(early, Own).Finding);
        Assert.Equal(AuditFinding.TooEarly, Conclude(early, Nameless).Finding);
        Assert.Equal(AuditFinding.TooEarly, Conclude(early).Finding);
    }

    [Fact]
    public void A_resend_that_was_refused_as_such_does_not_hide_the_answer_to_the_first()
    {
        var repeated = Own with { EventId = "E2", ErrorCode = "SignatureNonceUsed", AnswerCode = "SignatureNonceUsed", IsModSuccess = null };

        Expect(AuditFinding.Executed, OutcomeStatus.Succeeded, repeated, Own);
        Expect(AuditFinding.NotExecuted, OutcomeStatus.Failed, repeated, Failed("isv.ERROR_IMEI_ERROR"));
        Expect(AuditFinding.ResultNotRecorded, OutcomeStatus.Unknown, repeated);
    }

    [Fact]
    public void A_success_beats_a_later_failure_of_the_same_request() =>
        Expect(AuditFinding.Executed, OutcomeStatus.Succeeded, Failed("isv.ERROR_IMEI_ERROR") with { EventId = "E2" }, Own);

    [Fact]
    public void A_failure_beside_an_arrival_that_does_not_tell_stays_unknown() =>
        Expect(AuditFinding.ResultNotRecorded, OutcomeStatus.Unknown, Failed("isv.ERROR_IMEI_ERROR"), Own with { EventId = "E2", AnswerCode = null, IsModSuccess = null });

    [Theory]
    [InlineData(1, 1, nameof(AuditFinding.NotExecuted))]
    [InlineData(2, 2, nameof(AuditFinding.NotExecuted))]
    [InlineData(2, 1, nameof(AuditFinding.ResultNotRecorded))]
    [InlineData(null, 3, nameof(AuditFinding.ResultNotRecorded))]
    public void Refusals_settle_a_row_only_if_every_sending_was_refused(int? sendings, int refusals, string finding)
    {
        var events = Enumerable.Range(0, refusals).Select(i => Failed("NoPermission") with { EventId = $"E{i}" }).ToArray();

        Assert.Equal(finding, Conclude(Subject() with { MaximumSendings = sendings }, events).Finding.ToString());
    }

    [Theory]
    [InlineData(nameof(AuditVerdict.NotExecuted), nameof(AuditVerdict.NotExecuted), nameof(OutcomeStatus.Failed))]
    [InlineData(nameof(AuditVerdict.NotExecuted), nameof(AuditVerdict.Executed), nameof(OutcomeStatus.Succeeded))]
    [InlineData(nameof(AuditVerdict.Executed), nameof(AuditVerdict.NotExecuted), nameof(OutcomeStatus.Succeeded))]
    [InlineData(null, nameof(AuditVerdict.NotExecuted), nameof(OutcomeStatus.Unknown))]
    [InlineData(nameof(AuditVerdict.NotExecuted), null, nameof(OutcomeStatus.Unknown))]
    [InlineData(null, nameof(AuditVerdict.Executed), nameof(OutcomeStatus.Succeeded))]
    public void A_row_that_two_runs_sent_has_failed_only_if_both_requests_did(string? first, string? second, string status)
    {
        List<AuditEvent> events = [];
        Add(first, "n1");
        Add(second, "n2");

        Assert.Equal(status, AuditRules.Conclude(new AuditSubject(Row, [Intent("n1"), Intent("n2")]), events, Key).Status.ToString());

        void Add(string? verdict, string nonce)
        {
            if (verdict is not null)
            {
                events.Add((verdict == nameof(AuditVerdict.Executed) ? Own : Failed("isv.ERROR_IMEI_ERROR")) with { EventId = nonce, UserAgent = $"IotCard/9 (nonce {nonce})" });
            }
        }
    }

    [Fact]
    public void A_row_without_a_recorded_request_is_not_settled() =>
        Assert.Equal(AuditFinding.NoRequestRecorded, AuditRules.Conclude(new AuditSubject(Row, []), [Own], Key).Finding);

    private static AuditEvent Failed(string code) => Own with { ErrorCode = code, AnswerCode = null, IsModSuccess = null };

    private static RecordedIntent Intent(string nonce) => new(nonce, Sent, "0123456789abcdef");

    private static AuditSubject Subject() => new(Row, [Intent(Nonce)]);

    private static AuditConclusion Conclude(AuditSubject subject, params AuditEvent[] events) => AuditRules.Conclude(subject, events, Key);

    private static void Expect(AuditFinding finding, OutcomeStatus? status, params AuditEvent[] events)
    {
        var conclusion = Conclude(Subject(), events);

        Assert.Equal(finding, conclusion.Finding);
        if (status is not null)
        {
            Assert.Equal(status, conclusion.Status);
        }
    }
}
