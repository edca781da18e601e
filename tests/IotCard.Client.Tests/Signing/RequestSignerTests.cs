using CsCheck;
using IotCard.Client.Service;
using IotCard.Client.Signing;
using IotCard.Sandbox;

namespace IotCard.Client.Tests.Signing;

public sealed class RequestSignerTests
{
    private static readonly Credential Key = new("testid", "testsecret");
    private static readonly DateTimeOffset Time = new(2026, 11, 23, 8, 0, 0, 999, TimeSpan.FromHours(8));

    [Theory]
    [InlineData(SignatureMethod.Acs3HmacSha256)]
    [InlineData(SignatureMethod.HmacSha1)]
    public async Task Resending_sends_the_same_bytes(SignatureMethod method)
    {
        var request = new RequestSigner(method).Sign(Call([new("Iccid", "8986")]), Key, "n1", Time);

        Assert.Equal(await Wire(request), await Wire(request));
        Assert.Equal("n1", request.Nonce);
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero), request.Timestamp);
    }

    [Theory]
    [InlineData(SignatureMethod.Acs3HmacSha256)]
    [InlineData(SignatureMethod.HmacSha1)]
    public void The_user_agent_names_the_nonce_and_is_not_signed(SignatureMethod method)
    {
        using var message = new RequestSigner(method).Sign(Call([new("Iccid", "8986")]), Key, "n1", Time).ToMessage();

        Assert.EndsWith(" (nonce n1)", message.Headers.UserAgent.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("user-agent", message.Headers.TryGetValues("Authorization", out var values) ? values.Single() : string.Empty, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SignatureMethod.Acs3HmacSha256)]
    [InlineData(SignatureMethod.HmacSha1)]
    public async Task Nothing_but_the_signature_depends_on_the_secret(SignatureMethod method)
    {
        var signer = new RequestSigner(method);
        var call = Call([new("Iccid", "8986")]);

        var one = await Wire(signer.Sign(call, Key, "n1", Time));
        var other = await Wire(signer.Sign(call, new Credential("testid", "another"), "n1", Time));

        Assert.NotEqual(one, other);
        Assert.Equal(WithoutSignature(one), WithoutSignature(other));
        Assert.DoesNotContain("testsecret", one, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SignatureMethod.Acs3HmacSha256)]
    [InlineData(SignatureMethod.HmacSha1)]
    public void The_order_of_the_parameters_does_not_matter(SignatureMethod method) =>
        Gen.Dictionary(Gen.String[1, 8], Gen.String).Sample(
            parameters =>
            {
                var signer = new RequestSigner(method);
                var forwards = signer.Sign(Call(Named(parameters)), Key, "n1", Time);
                var backwards = signer.Sign(Call(Named(parameters).Reverse()), Key, "n1", Time);

                Assert.Equal(forwards.Call.Parameters, backwards.Call.Parameters);
                Assert.Equal(forwards.Call.Parameters.Select(p => p.Name), parameters.Keys.Order(StringComparer.Ordinal));
            },
            iter: 200);

    [Theory]
    [InlineData(SignatureMethod.Acs3HmacSha256)]
    [InlineData(SignatureMethod.HmacSha1)]
    public async Task The_gateway_accepts_every_signature_whatever_the_parameters_contain(SignatureMethod method)
    {
        await using var sandbox = await SandboxService.StartAsync(
            new SandboxOptions { AccessKeys = [new("testid", "testsecret") { SecurityToken = "to/ken+with=signs" }] },
            TestContext.Current.CancellationToken);
        using var transport = new ServiceTransport(static () => ServiceHandler.Create(), TimeProvider.System, TimeSpan.FromSeconds(30));
        var temporary = new Credential("testid", "testsecret", "to/ken+with=signs");
        var signer = new RequestSigner(method);
        var number = 0;

        await Gen.Dictionary(Gen.Char['a', 'z'].Array[1, 6].Select(c => new string(c)), Gen.String[0, 40])[0, 6].SampleAsync(
            async parameters =>
            {
                var call = new ApiRequest(new ApiAction(sandbox.Endpoint, "QueryCardStatus", "2017-11-11"), [.. Named(parameters)]);
                var nonce = $"nonce-{Interlocked.Increment(ref number)}";
                var end = await transport.SendAsync(
                    signer.Sign(call, temporary, nonce, DateTimeOffset.UtcNow), TestContext.Current.CancellationToken);

                Assert.Equal("isv.INVALID_PARAMETERS", end.Code);
            },
            iter: 300);
    }

    [Fact]
    public void The_text_of_a_signed_request_names_neither_signature_nor_token()
    {
        var credential = new Credential("testid-of-length", "testsecret", "token");
        var request = new RequestSigner(SignatureMethod.HmacSha1).Sign(Call([]), credential, "n1", Time);

        Assert.Equal("Action (nonce n1)", request.ToString());
        Assert.Equal("test********ngth", credential.ToString());
    }

    private static IEnumerable<NamedValue> Named(Dictionary<string, string> parameters) => parameters.Select(p => new NamedValue(p.Key, p.Value));

    private static ApiRequest Call(IEnumerable<NamedValue> parameters) =>
        new(new ApiAction(new Uri("https://dyiotapi.aliyuncs.com"), "Action", "2017-11-11"), [.. parameters]);

    private static async Task<string> Wire(SignedRequest request)
    {
        using var message = request.ToMessage();
        return message + await message.Content!.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private static string WithoutSignature(string wire) =>
        System.Text.RegularExpressions.Regex.Replace(wire, "Signature=[0-9A-Za-z%]+", string.Empty);
}
