using System.Text;
using IotCard.Client.Credentials;
using IotCard.Client.Credentials.Profiles;
using IotCard.Client.Credentials.Sources;
using IotCard.Client.Tests.Fuzz;

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

    private static void Fuzz(string sample, int seed, Action<string> read)
    {
#pragma warning disable CA5394 // Reproducible, not secret.
        var random = new Random(FuzzInputs.Seed(seed));
        for (var i = FuzzInputs.CountOr(Inputs); i > 0; i--)
        {
            var text = i % 4 == 0 ? Noise(random) : Mutate(sample, random);
            try
            {
                read(text);
            }
            catch (CredentialException e)
            {
                Assert.Equal(CredentialErrorCode.MalformedFile, e.Code);
                Assert.Contains("line ", e.Message, StringComparison.Ordinal);
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
