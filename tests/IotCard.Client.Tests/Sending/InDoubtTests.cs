using System.Reflection;
using IotCard.Client.Credentials;
using IotCard.Client.Rules;
using IotCard.Client.Sending;
using IotCard.Client.Service;
using IotCard.Client.Signing;

namespace IotCard.Client.Tests.Sending;

/// <summary>After a lost response: the same signed request, with the same nonce, or nothing.</summary>
public sealed class InDoubtTests
{
    public static TheoryData<string, int> LostResponses() => new()
    {
        { "", 0 },
        { "<html>a proxy's page</html>", 502 },
        { "not a response", 200 },
        { "", 504 },
        { """{"Code":"ServiceUnavailable"}""", 503 },
        { """{"Code":"InternalError"}""", 500 },
        { """{"Code":"SomethingNew"}""", 500 },
    };

    [Theory]
    [MemberData(nameof(LostResponses))]
    public async Task The_same_request_is_resent_byte_for_byte(string body, int status)
    {
        foreach (var method in new[] { SignatureMethod.Acs3HmacSha256, SignatureMethod.HmacSha1 })
        {
            using var service = new ScriptedService(method: method);
            Lose(service, body, status).Answers("OK", 200);

            var outcome = await service.SendAsync();

            Assert.Equal((OutcomeStatus.Succeeded, 2), (outcome.Status, outcome.Attempts));
            Assert.Equal(service.Sent[0], service.Sent[1]);
        }
    }

    [Fact]
    public async Task It_waits_before_it_resends()
    {
        using var service = new ScriptedService().Loses().Loses().Answers("OK", 200);

        await service.SendAsync();

        Assert.True(service.SentAt[1] - service.SentAt[0] >= TimeSpan.FromMilliseconds(100));
        Assert.Equal(1, service.NoncesUsed);
    }

    [Theory]
    [InlineData("isv.IOT_RES_NOT_EXIST", OutcomeStatus.Failed, "isv.IOT_RES_NOT_EXIST")]
    [InlineData("OK", OutcomeStatus.Succeeded, "OK")]
    [InlineData("isv.ERROR_BIND_NOT_EXIST", OutcomeStatus.Unknown, "isv.ERROR_BIND_NOT_EXIST")]
    [InlineData("isv.SYSTEM_ERROR", OutcomeStatus.Unknown, "isv.SYSTEM_ERROR")]
    [InlineData("""{"Code":"OK","IotModBind":{"IsModSuccess":false}}""", OutcomeStatus.Unknown, "ModificationFailed")]
    [InlineData("SignatureNonceUsed", OutcomeStatus.Unknown, "OutcomeUnknown")]
    [InlineData("InvalidTimeStamp.Expired", OutcomeStatus.Unknown, "OutcomeUnknown")]
    [InlineData("InvalidSecurityToken.Expired", OutcomeStatus.Unknown, "OutcomeUnknown")]
    [InlineData("SomethingNew", OutcomeStatus.Unknown, "OutcomeUnknown")]
    [InlineData("InvalidAccessKeyId.Inactive", OutcomeStatus.Unknown, "OutcomeUnknown")]
    public async Task Only_a_response_to_the_operation_settles_it(string code, OutcomeStatus status, string outcomeCode)
    {
        using var service = new ScriptedService().Loses().Answers(code, 400, ("Date", "Mon, 23 Nov 2026 11:00:00 GMT"));

        var outcome = await service.SendAsync();

        Assert.Equal((status, outcomeCode, 2), (outcome.Status, outcome.Code, outcome.Attempts));
        Assert.Equal(1, service.NoncesUsed);
        Assert.Equal(code == "InvalidAccessKeyId.Inactive", service.EndsRun);
    }

    [Fact]
    public async Task A_used_nonce_is_unknown_even_at_the_first_sending_and_says_why()
    {
        using var service = new ScriptedService().Answers("SignatureNonceUsed");

        var outcome = await service.SendAsync();

        Assert.Equal((OutcomeStatus.Unknown, "SignatureNonceUsed", 1), (outcome.Status, outcome.Reason, outcome.Attempts));
    }

    [Fact]
    public async Task No_connection_and_throttling_say_nothing_about_the_first_sending()
    {
        using var service = new ScriptedService()
            .Loses()
            .DoesNotConnect()
            .Answers("Throttling.User", 429, ("x-acs-retry-after", "3000"))
            .Answers("Throttling.User", 429, ("x-acs-retry-after", "3000"))
            .Answers("OK", 200);

        var outcome = await service.SendAsync();

        Assert.Equal((OutcomeStatus.Succeeded, 5), (outcome.Status, outcome.Attempts));
        Assert.Equal(1, service.NoncesUsed);
        Assert.True(service.SentAt[4] - service.SentAt[3] >= TimeSpan.FromSeconds(3));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task It_is_unknown_once_the_retries_are_used_up(int retries)
    {
        using var service = new ScriptedService(retries);
        for (var i = 0; i <= retries; i++)
        {
            service.Loses();
        }

        var outcome = await service.SendAsync();

        Assert.Equal((OutcomeStatus.Unknown, retries + 1, "ConnectionLost"), (outcome.Status, outcome.Attempts, outcome.Reason));
        Assert.Equal(1, service.NoncesUsed);
    }

    [Fact]
    public async Task It_is_not_resent_once_the_gateway_may_have_forgotten_its_nonce()
    {
        using var service = new ScriptedService().Loses();
        for (var i = 0; i < 3; i++)
        {
            service.Answers("Throttling.User", 429, ("x-acs-retry-after", "290000"));
        }

        var outcome = await service.SendAsync();

        Assert.Equal((OutcomeStatus.Unknown, 4, false), (outcome.Status, outcome.Attempts, outcome.MayBeResent));
        Assert.True(DoubtRules.SafeAge < TimeSpan.FromMinutes(15));
    }

    [Fact]
    public async Task After_a_stop_it_is_not_resent_and_stays_in_doubt()
    {
        using var stop = new CancellationTokenSource();
        using var service = new ScriptedService().Does(() =>
        {
            stop.Cancel();
            throw new HttpRequestException(HttpRequestError.ResponseEnded);
        });

        var outcome = await service.SendUntilAsync(stop.Token);

        Assert.Single(service.Sent);
        Assert.Equal((OutcomeStatus.Unknown, "ConnectionLost", true), (outcome.Status, outcome.Reason, outcome.MayBeResent));
    }

    [Fact]
    public void Nothing_that_resolves_an_in_doubt_operation_can_reach_a_signer_or_a_credential()
    {
        Type[] forbidden = [typeof(RequestSigner), typeof(ICredentialProvider), typeof(Credential), typeof(OperationSender), typeof(INonceSource)];
        var reached = new HashSet<Type>();
        Reach(typeof(InDoubtResolver), reached);
        Reach(typeof(InDoubtOperation), reached);

        Assert.Contains(typeof(SignedRequest), reached);
        Assert.Contains(typeof(ServiceTransport), reached);
        Assert.DoesNotContain(reached, type => forbidden.Any(f => f.IsAssignableFrom(type)));
    }

    [Fact]
    public async Task An_interrupted_request_is_signed_again_byte_for_byte()
    {
        using var first = new ScriptedService().Answers("OK", 200);
        var log = new KeptIntent();
        await first.SendAsync(record: log);
        using var second = new ScriptedService().Answers("OK", 200);

        var outcome = await second.ResumeAsync(log.Intent!);

        Assert.Equal(OutcomeStatus.Succeeded, outcome.Status);
        Assert.Equal(first.Sent, second.Sent);
    }

    [Theory]
    [InlineData("SignatureNonceUsed")]
    [InlineData("isv.ERROR_BIND_NOT_EXIST")]
    public async Task An_interrupted_request_that_had_arrived_is_unknown(string code)
    {
        using var service = new ScriptedService().Answers(code);
        var intent = Intent("n9", service.Clock.GetUtcNow());

        var outcome = await service.ResumeAsync(intent);

        Assert.Equal((OutcomeStatus.Unknown, 1), (outcome.Status, outcome.Attempts));
    }

    [Theory]
    [InlineData(-11, false)]
    [InlineData(11, false)]
    [InlineData(0, true)]
    public async Task An_interrupted_request_that_is_too_old_or_of_another_AccessKey_is_not_sent(int minutes, bool isOfAnotherKey)
    {
        using var service = new ScriptedService();
        var intent = Intent("n9", service.Clock.GetUtcNow().AddMinutes(minutes), isOfAnotherKey ? "another-id" : "id");

        var outcome = await service.ResumeAsync(intent);

        Assert.Equal((OutcomeStatus.Unknown, isOfAnotherKey ? "OtherAccessKey" : "Interrupted", 0), (outcome.Status, outcome.Reason, outcome.Attempts));
        Assert.Equal(isOfAnotherKey, outcome.MayBeResent);
        Assert.Empty(service.Sent);
    }

    private static ScriptedService Lose(ScriptedService service, string body, int status) =>
        status == 0 ? service.Loses()
        : body.StartsWith('{') ? service.Answers(body, status)
        : service.Answers($$"""{"html":"{{body}}"}""", status);

    private static RecordedIntent Intent(string nonce, DateTimeOffset timestamp, string accessKeyId = "id")
    {
        var call = new BindingApi(BindingApi.DefaultEndpoint).ToCall(ScriptedService.Row);
        var request = new RequestSigner(SignatureMethod.Acs3HmacSha256).Sign(call, new Credential(accessKeyId, "secret"), nonce, timestamp);
        return Intents.Record(request, accessKeyId);
    }

    private static void Reach(Type type, HashSet<Type> reached)
    {
        if (type.Assembly != typeof(InDoubtResolver).Assembly || !reached.Add(type))
        {
            return;
        }

        const BindingFlags All = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        foreach (var field in type.GetFields(All))
        {
            Reach(field.FieldType, reached);
        }

        foreach (var parameter in type.GetMethods(All).SelectMany(m => m.GetParameters()))
        {
            Reach(parameter.ParameterType, reached);
        }
    }

    private sealed class KeptIntent : IntentObserver
    {
        internal RecordedIntent? Intent { get; private set; }

        private protected override void Observe(RecordedIntent intent)
        {
            Intent = intent;
        }
    }
}
