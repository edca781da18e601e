using System.Net;

namespace IotCard.Sandbox.Tests;

public sealed class SigningTests
{
    private const string Iccid = "89860018521874998319";
    private const string Imei = "860456038157932";
    private const string NewImei = "863588024298614";

    private static readonly TestRequest Rebind = TestRequest.Rebind(Iccid, Imei, NewImei);

    public static TheoryData<Method, Placement, string, bool> Forms
    {
        get
        {
            var forms = new TheoryData<Method, Placement, string, bool>();
            foreach (var method in Enum.GetValues<Method>())
            {
                foreach (var placement in Enum.GetValues<Placement>())
                {
                    forms.Add(method, placement, "POST", false);
                    if (placement is not Placement.Query)
                        forms.Add(method, placement, "POST", true);
                }

                forms.Add(method, Placement.Query, "GET", false);
            }

            return forms;
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_right_signature_is_accepted(Method method, Placement placement, string verb, bool chunked)
    {
        await using var sandbox = await Sandbox.StartAsync();

        // What encoders get wrong: blanks, plus, asterisk, tilde, percent, ampersand, and non-ASCII characters.
        var response = await sandbox.SendAsync(
            (Rebind with { Method = method, Placement = placement, Verb = new HttpMethod(verb), Chunked = chunked })
            .With("MidChannelId", "a b+c*d~e%2F&=/通道 \U0001F4F6"));

        Assert.Equal(HttpStatusCode.OK, response.Status);
        Assert.Equal("OK", response.Code);
        Assert.Equal(NewImei, sandbox.Fleet.Find(Iccid)!.Imei);
    }

    [Theory]
    [InlineData(Method.Acs3, Placement.Query)]
    [InlineData(Method.Acs3, Placement.Form)]
    [InlineData(Method.Acs3, Placement.Both)]
    [InlineData(Method.HmacSha1, Placement.Query)]
    [InlineData(Method.HmacSha1, Placement.Form)]
    [InlineData(Method.HmacSha1, Placement.Both)]
    public async Task A_wrong_secret_is_refused_with_the_string_to_sign(Method method, Placement placement)
    {
        await using var sandbox = await Sandbox.StartAsync();

        var response = await sandbox.SendAsync(Rebind with { Method = method, Placement = placement, Secret = "not-the-secret" });

        Assert.Equal(HttpStatusCode.BadRequest, response.Status);
        Assert.Equal("SignatureDoesNotMatch", response.Code);
        Assert.StartsWith(
            method is Method.Acs3
                ? "Specified signature does not match our calculation. server StringToSign is [ACS3-HMAC-SHA256\n"
                : "Specified signature is not matched with our calculation. server string to sign is:POST&%2F&AccessKeyId%3Dsandbox-id%26Action%3DDoIotChgBindOrUnBind%26",
            response.Message,
            StringComparison.Ordinal);
        Assert.DoesNotContain("secret", response.Body, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(sandbox.Log.Operations);
    }

    [Theory]
    [InlineData(Method.Acs3, Placement.Form)]
    [InlineData(Method.Acs3, Placement.Both)]
    [InlineData(Method.HmacSha1, Placement.Both)]
    public async Task A_body_other_than_the_signed_one_is_refused(Method method, Placement placement)
    {
        await using var sandbox = await Sandbox.StartAsync();

        var response = await sandbox.SendAsync(Rebind with
        {
            Method = method,
            Placement = placement,
            BodyInstead = $"Iccid={Iccid}&Imei={Imei}&NewImei=861762041234567&OpionType=chgBind",
        });

        Assert.Equal("SignatureDoesNotMatch", response.Code);
        Assert.Equal(Imei, sandbox.Fleet.Find(Iccid)!.Imei);
    }

    [Fact]
    public async Task A_content_hash_that_is_signed_but_not_the_bodys_is_refused()
    {
        await using var sandbox = await Sandbox.StartAsync();

        var response = await sandbox.SendAsync(Rebind with { Placement = Placement.Form, ContentHash = new string('0', 64) });

        Assert.Equal("SignatureDoesNotMatch", response.Code);
    }

    [Theory]
    [InlineData(false, "OK")]
    [InlineData(true, "IncompleteSignature")]
    public async Task A_host_need_not_be_signed_unless_the_option_says_so(bool required, string code)
    {
        await using var sandbox = await Sandbox.StartAsync(new SandboxOptions { RequireSignedHost = required });

        Assert.Equal(code, (await sandbox.SendAsync(Rebind with { Unsigned = "host" })).Code);
    }

    [Fact]
    public async Task A_signed_host_is_verified()
    {
        await using var sandbox = await Sandbox.StartAsync();
        using var message = Rebind.Build(sandbox.Service.Endpoint);
        message.Headers.Host = "dyiotapi.aliyuncs.com";

        Assert.Equal("SignatureDoesNotMatch", (await sandbox.SendAsync(message)).Code);
    }

    [Theory]
    [InlineData("content-type")]
    [InlineData("x-acs-action")]
    [InlineData("x-acs-version")]
    [InlineData("x-acs-date")]
    [InlineData("x-acs-signature-nonce")]
    [InlineData("x-acs-content-sha256")]
    [InlineData("x-acs-security-token")]
    public async Task A_header_that_must_be_signed_and_is_not_is_refused(string header)
    {
        await using var sandbox = await Sandbox.StartAsync();

        var response = await sandbox.SendAsync(Rebind with { Placement = Placement.Form, Token = "token", Unsigned = header });

        Assert.Equal(HttpStatusCode.BadRequest, response.Status);
        Assert.Equal("IncompleteSignature", response.Code);
    }

    [Theory]
    [InlineData("ACS3-HMAC-SHA256")]
    [InlineData("ACS3-HMAC-SHA256 ")]
    [InlineData("ACS3-HMAC-SHA256 Credential=sandbox-id")]
    [InlineData("ACS3-HMAC-SHA256 Credential,SignedHeaders,Signature")]
    [InlineData("ACS3-HMAC-SM3 Credential=sandbox-id,SignedHeaders=host,Signature=0")]
    [InlineData("acs sandbox-id:c2lnbmF0dXJl")]
    public async Task An_ill_formed_authorization_is_refused(string authorization)
    {
        await using var sandbox = await Sandbox.StartAsync();
        using var message = (Rebind with { Without = "authorization" }).Build(sandbox.Service.Endpoint);
        message.Headers.TryAddWithoutValidation("Authorization", authorization);

        var response = await sandbox.SendAsync(message);

        Assert.Equal("IncompleteSignature", response.Code);
    }

    [Theory]
    [InlineData("x-acs-action")]
    [InlineData("x-acs-version")]
    [InlineData("x-acs-date")]
    [InlineData("x-acs-signature-nonce")]
    [InlineData("x-acs-content-sha256")]
    public async Task A_missing_common_header_is_named(string header)
    {
        await using var sandbox = await Sandbox.StartAsync();

        var response = await sandbox.SendAsync(Rebind with { Without = header });

        Assert.Equal(HttpStatusCode.BadRequest, response.Status);
        Assert.Equal("MissingParameter", response.Code);
        Assert.Contains($"\"{header}\"", response.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Action")]
    [InlineData("Version")]
    [InlineData("SignatureMethod")]
    [InlineData("SignatureVersion")]
    [InlineData("SignatureNonce")]
    [InlineData("Timestamp")]
    public async Task A_missing_common_parameter_is_named(string name)
    {
        await using var sandbox = await Sandbox.StartAsync();

        var response = await sandbox.SendAsync(Rebind with { Method = Method.HmacSha1, Without = name });

        Assert.Equal(HttpStatusCode.BadRequest, response.Status);
        Assert.Equal("MissingParameter", response.Code);
        Assert.Contains($"\"{name}\"", response.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_key_is_named_as_the_gateway_does()
    {
        await using var sandbox = await Sandbox.StartAsync();
        using var unsigned = (Rebind with { Without = "authorization" }).Build(sandbox.Service.Endpoint);
        using var withoutKey = (Rebind with { Without = "authorization" }).Build(sandbox.Service.Endpoint);
        withoutKey.Headers.TryAddWithoutValidation("Authorization", "ACS3-HMAC-SHA256 Credential=,SignedHeaders=host,Signature=0");

        TestResponse[] responses =
        [
            await sandbox.SendAsync(Rebind with { Method = Method.HmacSha1, Without = "AccessKeyId" }),
            await sandbox.SendAsync(withoutKey),
        ];

        Assert.All(responses, response => Assert.Equal((HttpStatusCode.BadRequest, "MissingAccessKeyId"), (response.Status, response.Code)));
        Assert.Contains("<Code>MissingAccessKeyId</Code>", (await sandbox.SendAsync(unsigned)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_signature_is_incomplete()
    {
        await using var sandbox = await Sandbox.StartAsync();

        var response = await sandbox.SendAsync(Rebind with { Method = Method.HmacSha1, Without = "Signature" });

        Assert.Equal("IncompleteSignature", response.Code);
    }

    [Fact]
    public async Task The_method_that_was_signed_must_be_the_one_that_was_sent()
    {
        await using var sandbox = await Sandbox.StartAsync();
        using var signedAsGet = (Rebind with { Method = Method.HmacSha1, Verb = HttpMethod.Get }).Build(sandbox.Service.Endpoint);
        using var sentAsPost = new HttpRequestMessage(HttpMethod.Post, signedAsGet.RequestUri);

        var response = await sandbox.SendAsync(sentAsPost);

        Assert.Equal("SignatureDoesNotMatch", response.Code);
    }
}
