using System.Globalization;
using IotCard.Sandbox;
using IotCard.Tests.Hosting;
using static IotCard.Tests.Commands.Rows;

namespace IotCard.Tests.Commands;

public sealed class SecretTests
{
    private const string Secret = "S3cr3tOfTheAccessKey";
    private const string Token = "T0ken/Of+The=Session";

    [Theory]
    [InlineData("ACS3-HMAC-SHA256", Secret)]
    [InlineData("HMAC-SHA1", Secret)]
    [InlineData("ACS3-HMAC-SHA256", "wrong" + Secret)]
    [InlineData("HMAC-SHA1", "wrong" + Secret)]
    public async Task No_secret_token_or_signature_is_in_any_stream_however_loud(string method, string given)
    {
        await using var session = await ModuleSession.OpenAsync(
            new SandboxOptions { AccessKeys = [new("LTAI5tSandboxKeyId01", Secret) { SecurityToken = Token }] }, withKey: false);
        session.SetVariable("Key", ModuleSession.Credential("LTAI5tSandboxKeyId01", given));
        session.SetVariable("Token", ModuleSession.Credential("x", Token).Password);

        var folder = Directory.CreateTempSubdirectory();
        var journal = Path.Combine(folder.FullName, "job.jsonl");

        var run = session.Run(
            $"$DebugPreference = 'Continue'; $input | Set-IotCardBinding -Credential $Key -SecurityToken $Token -SignatureMethod {method} -JournalPath '{journal}' -Verbose -Debug",
            Rebind(Card1, Device1, NewDevice1),
            Rebind(Card2, Device1, NewDevice2));

        var shown = run.Verbose.Concat(run.Warnings).Concat(run.Debug)
            .Concat(run.Errors.SelectMany(e => new[]
            {
                e.ToString(), e.Exception.ToString(), e.ErrorDetails.RecommendedAction, Convert.ToString(e.TargetObject, CultureInfo.InvariantCulture),
            }))
            .Concat(run.Output.SelectMany(o => o.Properties.Select(p => p.Value?.ToString())))
            .Concat(run.Progress.Select(p => p.ToString()))
            .Concat(run.Errors.SelectMany(e => Everything(e, depth: 6)))
            .Append(await File.ReadAllTextAsync(journal, TestContext.Current.CancellationToken))
            .ToList();
        folder.Delete(recursive: true);
        Assert.Equal(given == Secret, run.Each("Outcome").First() == "Succeeded");
        Assert.Contains(shown, s => s!.Contains("LTAI************Id01", StringComparison.Ordinal));
        foreach (var secret in new[] { Secret, Token, Uri.EscapeDataString(Token), Uri.EscapeDataString(Uri.EscapeDataString(Token)), "Signature=", "LTAI5tSandboxKeyId01" })
        {
            Assert.DoesNotContain(shown, s => s?.Contains(secret, StringComparison.Ordinal) == true);
        }
    }

    /// <summary>What Format-List -Force shows of an error, and more: every property of it and of what they hold.</summary>
    private static IEnumerable<string?> Everything(object? value, int depth)
    {
        if (value is null || depth == 0)
        {
            yield break;
        }

        yield return Convert.ToString(value, CultureInfo.InvariantCulture);
        if (value is string || value.GetType().IsPrimitive || value is System.Reflection.MemberInfo or System.Reflection.Assembly)
        {
            yield break;
        }

        foreach (var property in value.GetType().GetProperties().Where(p => p.GetIndexParameters().Length == 0 && p.CanRead))
        {
            object? held;
            try
            {
                held = property.GetValue(value);
            }
            catch (System.Reflection.TargetInvocationException)
            {
                continue;
            }

            foreach (var text in Everything(held, depth - 1))
            {
                yield return text;
            }
        }
    }
}
