using System.Text;
using IotCard.Client.Credentials;
using IotCard.Client.Credentials.Policy;
using IotCard.Client.Credentials.Profiles;
using IotCard.Client.Credentials.Sources;
using IotCard.Client.Sanitizing;
using IotCard.Client.Tests.Fuzz;
using IotCard.Client.Tests.Service;
using Microsoft.Extensions.Time.Testing;

namespace IotCard.Client.Tests.Credentials;

/// <summary>Whatever its input, a reader returns a result or throws a <see cref="CredentialException"/>.</summary>
[Trait("Category", "Fuzz")]
public sealed class ReaderFuzzTests
{
    private const int Inputs = 2000;

    private const string Json =
        """
        {"current":"a","profiles":[{"name":"a","mode":"AK","access_key_id":"LTAI","access_key_secret":"s","expired_seconds":3600,"sts_expiration":"1","enable_vpc":true},
        {"name":"b","mode":"ChainableRamRoleArn","source_profile":"a","ram_role_arn":"r"},null]}
        """;

    private const string Ini =
        """
        ; comment
        [default]
        type = access_key
        access_key_id = "LTAI"
        access_key_secret = 's' # comment

        [other] ; x
        type=ram_role_arn
        """;

    private const string Policy = """{"enabled":true,"rules":[{"pattern":"dyiotapi:*","action":"deny"},{"pattern":"ecs:*","action":"confirm"},null]}""";

    private const string Secret = "KEEPOUTKEEPOUT";

    private const string Sts =
        """{"RequestId":"R","Code":"NoPermission","Message":"You are not authorized.","Credentials":{"AccessKeyId":"STS.1","AccessKeySecret":"KEEPOUTKEEPOUT","SecurityToken":"t","Expiration":"2026-03-01T13:00:00Z"}}""";

    private const string Issued =
        """{"Code":"Success","AccessKeyId":"STS.1","AccessKeySecret":"KEEPOUTKEEPOUT","SecurityToken":"t","Expiration":"2026-03-01T13:00:00Z"}""";

    private static readonly string[] Pieces =
    [
        "{", "}", "[", "]", "\"", "'", "\\", ",", ":", "=", ";", "#", "\n", "\r", "\0", " ", "null", "true", "1e999",
        "-1", "99999999999999999999", "\"name\"", "\"profiles\"", "[default]", "\uFEFF", "\uD800", "\u2028", "设备", "\\u0000", "\\ud800", "\"name\":\"\\ud800\"",
    ];

    [Fact]
    public void Config_json() => Fuzz(Json, seed: 7, text =>
    {
        var config = CliConfigFile.Parse(text, "config.json");
        _ = config.Names.Count();
        foreach (var name in config.Names)
        {
            Assert.NotNull(config.Find(name));
        }
    });

    [Fact]
    public void Credentials_ini() => Fuzz(Ini, seed: 11, text =>
    {
        var file = IniFile.Parse(text, "credentials.ini");
        _ = file.HoldsSecret;
        Assert.All(file.Names, n => Assert.NotNull(file.Find(n)));
    });

    [Fact]
    public void Process_command() => Fuzz("tool \"a b\" 'c' \\d", seed: 13, text =>
    {
        _ = ProcessCommand.Split(text, windows: true);
        _ = ProcessCommand.Split(text, windows: false);
    });

    [Fact]
    public void Safety_policy_json() => Fuzz(Policy, seed: 17, text => SafetyPolicyReader.Rules(SafetyPolicyReader.Parse(text, "safety-policy.json"), "safety-policy.json"));

    [Fact]
    public void Safety_policy_variable() => Fuzz("dyiotapi:*=deny,ecs:Delete*=confirm", seed: 19, text => SafetyPolicyReader.ParseRules(text));

    [Fact]
    public void Responses_of_STS() => Fuzz(Sts, seed: 23, text =>
    {
        var response = new IssuingResponse(System.Net.HttpStatusCode.OK, text);
        var where = new LocalizableMessage("InOidc", $"OIDC");
        _ = JsonText.TryDeserialize(text, SourceJson.Default.StsResponse)?.Credentials is { } issued
            ? issued.ToCredential(where, requireExpiration: true)
            : throw StsError.From(response, where, new SecretRedactor("the-token-of-the-caller"));
    });

    [Theory]
    [InlineData("PUT")]
    [InlineData("GET role")]
    [InlineData("GET credential")]
    public async Task Responses_of_the_metadata_service(string damaged)
    {
        await FuzzAsync(damaged == "GET credential" ? Issued : "fleet-role", seed: 29, async text =>
        {
            using var handler = new StubHandler((request, _) => Task.FromResult(new HttpResponseMessage
            {
                Content = new StringContent(Name(request) == damaged ? text : Name(request) switch { "PUT" => "token", "GET role" => "fleet-role", _ => Issued }),
            }));
            var context = new CredentialContext { Clock = new FakeTimeProvider(), Environment = static _ => null, MetadataTransport = handler };
            await new EcsRoleSource(context, IssuingClient.ForMetadata(context), roleName: null).FetchAsync(TestContext.Current.CancellationToken);
        });

        static string Name(HttpRequestMessage request) =>
            request.Method == HttpMethod.Put ? "PUT" : request.RequestUri!.AbsolutePath.EndsWith('/') ? "GET role" : "GET credential";
    }

    private static void Fuzz(string sample, int seed, Action<string> read) =>
        FuzzAsync(sample, seed, text =>
        {
            read(text);
            return Task.CompletedTask;
        }).GetAwaiter().GetResult();

    private static async Task FuzzAsync(string sample, int seed, Func<string, Task> read)
    {
#pragma warning disable CA5394 // Reproducible, not secret.
        var random = new Random(FuzzInputs.Seed(seed));
        for (var i = FuzzInputs.CountOr(Inputs); i > 0; i--)
        {
            var text = i % 4 == 0 ? Noise(random) : Mutate(sample, random);
            try
            {
                await read(text);
            }
            catch (CredentialException e)
            {
                Assert.True(e.Code != CredentialErrorCode.MalformedFile || e.Message.Contains("line ", StringComparison.Ordinal), e.Message);
                Assert.True(SafeText.IsClean(e.Message), e.Message);
                Assert.DoesNotContain(Secret, e.ToString(), StringComparison.Ordinal);
            }
        }
    }

    private static string Mutate(string sample, Random random)
    {
        var text = new StringBuilder(sample);
        for (var n = random.Next(1, 6); n > 0; n--)
        {
            var at = random.Next(text.Length + 1);
            switch (random.Next(3))
            {
                case 0:
                    text.Insert(at, Pieces[random.Next(Pieces.Length)]);
                    break;
                case 1:
                    text.Remove(at, Math.Min(random.Next(20), text.Length - at));
                    break;
                default:
                    text.Length = random.Next(8) == 0 ? at : text.Length;
                    text.Append(Pieces[random.Next(Pieces.Length)]);
                    break;
            }
        }

        return text.ToString();
    }

    private static string Noise(Random random)
    {
        var text = new StringBuilder();
        for (var n = random.Next(200); n > 0; n--)
        {
            text.Append(random.Next(2) == 0 ? Pieces[random.Next(Pieces.Length)] : ((char)random.Next(0x250)).ToString());
        }

        return text.ToString();
    }
#pragma warning restore CA5394
}
