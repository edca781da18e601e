using IotCard.Client.Sanitizing;

namespace IotCard.Client.Tests.Sanitizing;

public sealed class SecretRedactorTests
{
    private const string Token = "CAISvQJ1q6Ft5B2yfSjIr5fFGtbRj+xYx6SPQ/Lgh3hnf9kfrvLo0zz2IHhEd3BqAuoevv0wnm5S7v0elqB6T55OSAmcNZEo";

    private static readonly SecretRedactor Redactor = new("SecretOfTheKey0123456789", Token, "hunter2+x", null, "", "abc");

    [Theory]
    [InlineData("SecurityToken:@@ {0}", "SecurityToken:@@ ***")]
    [InlineData("{0}", "***")]
    [InlineData("a{0}b{0}c", "a***b***c")]
    [InlineData("the password hunter2+x.", "the password ***.")]
    [InlineData("hunter2%2Bx, hunter2%252bx", "***, ***")]
    [InlineData("SecretOfTheKey0123456789", "***")]
    [InlineData("xSecretOy", "xSecretOy")]
    [InlineData("abc", "abc")]
    [InlineData("ServiceUnavailable", "ServiceUnavailable")]
    [InlineData("100% of nothing, %zz %4", "100% of nothing, %zz %4")]
    public void Masks_secrets_and_nothing_else(string text, string shown) =>
        Assert.Equal(shown, Redactor.Redact(text.Replace("{0}", Token, StringComparison.Ordinal)));

    [Fact]
    public void Masks_every_part_of_sixteen_characters_plain_and_encoded_once_and_twice_by_any_encoder()
    {
        var once = Uri.EscapeDataString(Token);
        string[] forms = [Token, once, once.Replace("%2B", "%2b", StringComparison.Ordinal), Uri.EscapeDataString(once), Token.Replace("+", "%2B", StringComparison.Ordinal), Token.Replace('+', ' ')];
        foreach (var form in forms)
        {
            for (var length = SecretRedactor.PartLength; length <= form.Length; length += 7)
            {
                for (var start = 0; start + length <= form.Length; start++)
                {
                    var part = form.Substring(start, length);
                    foreach (var text in new[] { part, "x:" + part + "\n", "RequestId=" + part })
                    {
                        var shown = Redactor.Redact(text);
                        Assert.True(LongestShared(shown, form) < SecretRedactor.PartLength, $"{text} was shown as {shown}");
                    }
                }
            }
        }
    }

    [Fact]
    public void Masks_both_halves_of_a_split_secret() =>
        Assert.Equal("***|***", Redactor.Redact(Token[..40] + "|" + Token[40..]));

    [Fact]
    public void Returns_a_text_without_secrets_unchanged()
    {
        const string Text = "3D57EAD2-8723-1F26-B69C-F8707D8B565D";

        Assert.Same(Text, Redactor.Redact(Text));
        Assert.Null(Redactor.Redact(null));
    }

    private static int LongestShared(string shown, string secret)
    {
        var longest = 0;
        for (var i = 0; i < shown.Length; i++)
        {
            while (i + longest < shown.Length && secret.Contains(shown.Substring(i, longest + 1), StringComparison.Ordinal))
            {
                longest++;
            }
        }

        return longest;
    }
}
