using System.Text;
using CsCheck;
using IotCard.Client.Signing;

namespace IotCard.Client.Tests.Signing;

public sealed class PercentEncodingTests
{
    private const string Unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~";

    [Theory]
    [InlineData("", "")]
    [InlineData(Unreserved, Unreserved)]
    [InlineData(" ", "%20")]
    [InlineData("*", "%2A")]
    [InlineData("+", "%2B")]
    [InlineData("a/b&c=d%", "a%2Fb%26c%3Dd%25")]
    [InlineData("!'()", "%21%27%28%29")]
    [InlineData("物联卡", "%E7%89%A9%E8%81%94%E5%8D%A1")]
    [InlineData("😀", "%F0%9F%98%80")]
    public void All_but_the_unreserved_characters_are_encoded(string text, string encoded) =>
        Assert.Equal(encoded, Encode(text));

    [Fact]
    public void A_lone_surrogate_becomes_the_replacement_character() =>
        Assert.Equal("a%EF%BF%BDb", Encode("a\uD800b"));

    [Fact]
    public void An_encoded_text_decodes_to_what_was_encoded_and_contains_only_allowed_characters() =>
        Gen.String.Sample(text =>
        {
            var encoded = Encode(text);
            var utf8 = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

            Assert.Equal(utf8, Uri.UnescapeDataString(encoded));
            Assert.Matches("^(?:[A-Za-z0-9._~-]|%[0-9A-F]{2})*$", encoded);
        });

    [Fact]
    public void The_encoding_agrees_with_this_platforms_for_all_of_UTF_16()
    {
        for (var c = 0; c <= char.MaxValue; c++)
        {
            var text = "a" + (char)c + "b";
            Assert.Equal(Uri.EscapeDataString(text), Encode(text));
        }

        for (var point = 0x10000; point <= 0x10FFFF; point += 37)
        {
            var text = char.ConvertFromUtf32(point);
            Assert.Equal(Uri.EscapeDataString(text), Encode(text));
        }

        var longest = new string('\u8bbe', 100_000);
        Assert.Equal(Uri.EscapeDataString(longest), Encode(longest));
    }

    private static string Encode(string text)
    {
        using var encoded = new ByteWriter();
        return encoded.WriteEncoded(text).ToText();
    }
}
