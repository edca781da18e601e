using IotCard.Client.Sanitizing;
using IotCard.Client.Tests.Fuzz;

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
    public void The_redactor_masks_secrets_and_nothing_else(string text, string shown) =>
        Assert.Equal(shown, Redactor.Redact(text.Replace("{0}", Token, StringComparison.Ordinal)));

    [Fact]
    public void The_redactor_masks_every_part_of_sixteen_characters_plain_and_encoded_once_and_twice_by_any_encoder()
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
    public void The_redactor_masks_both_halves_of_a_split_secret() =>
        Assert.Equal("***|***", Redactor.Redact(Token[..40] + "|" + Token[40..]));

    [Theory]
    [InlineData("ab%41cd%2Bef", "ab%41cd%2Bef", "***")]
    [InlineData("ab%41cd%2Bef", "x ab%2541cd%252Bef y", "x *** y")]
    [InlineData("ab%41cd%2Bef", "ab%252541cd%25252Bef", "***")]
    [InlineData("abcdef0123456789", "100%abcdef0123456789", "100%***")]
    [InlineData("abcdef0123456789", "%%abcdef0123456789%", "%%***%")]
    [InlineData("a b c", "my a b c.", "my ***.")]
    [InlineData("a b c", "my a+b+c or a%20b%20c", "my *** or ***")]
    [InlineData("pw:1", "it is pw:1", "it is ***")]
    [InlineData("pw:1", "it is pw%3A1", "it is ***")]
    public void The_redactor_finds_secrets_with_escapes_of_their_own_after_a_percent_sign_and_short_ones(string secret, string text, string shown) =>
        Assert.Equal(shown, new SecretRedactor(secret).Redact(text));

    [Fact]
    public void The_redactor_masks_secrets_of_every_length_and_alphabet_however_they_are_written_and_surrounded()
    {
        const string Alphabet = "ABCdef0123456789+/=%- ~";
        string[] around = ["", "%", "%%", "%4", "token=", "&", "\n", "%25", "100% "];
        var random = new Random(FuzzInputs.Seed(21));
        for (var n = 0; n < 4000; n++)
        {
            var secret = Text(random.Next(4, 40));
            var once = Uri.EscapeDataString(secret);
            string[] forms = [secret, once, Uri.EscapeDataString(once), once.Replace("%20", "+", StringComparison.Ordinal)];
            var form = forms[random.Next(forms.Length)];
            var text = around[random.Next(around.Length)] + form + around[random.Next(around.Length)];

            var shown = new SecretRedactor(secret).Redact(text)!;

            Assert.Contains("***", shown, StringComparison.Ordinal);
            Assert.True(LongestShared(shown, form) < Math.Min(form.Length, SecretRedactor.PartLength), $"'{text}' was shown as '{shown}'");
        }

        string Text(int length) => new([.. Enumerable.Range(0, length).Select(_ => Alphabet[random.Next(Alphabet.Length)])]);
    }

    [Fact]
    public void The_redactor_returns_a_text_without_secrets_unchanged()
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
