using System.Globalization;
using System.Text;
using IotCard.Client.Sanitizing;

namespace IotCard.Client.Tests.Sanitizing;

public sealed class SafeTextTests
{
    /// <summary>Those of Unicode's property Default_Ignorable_Code_Point that are not of the category Format.</summary>
    private static readonly (int First, int Last)[] DefaultIgnorable =
    [
        (0x034F, 0x034F), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x2065, 0x2065), (0x3164, 0x3164),
        (0xFE00, 0xFE0F), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8), (0xE0000, 0xE0FFF),
    ];

    [Theory]
    [InlineData("\u001b[31mred\u001b[0m", "\uFFFD[31mred\uFFFD[0m")]
    [InlineData("\u009b31m", "\uFFFD31m")]
    [InlineData("a\r\nb\tc", "a  b c")]
    [InlineData("a\u2028b\u2029c", "a b c")]
    [InlineData("\u202Etxt.exe\u202C", "\uFFFDtxt.exe\uFFFD")]
    [InlineData("\u2066x\u2069\u200E\u200F\u061C", "\uFFFDx\uFFFD\uFFFD\uFFFD\uFFFD")]
    [InlineData("to\u200Bk\u00ADe\uFEFFn", "to\uFFFDk\uFFFDe\uFFFDn")]
    [InlineData("8986\u31640\u28001\u034F2\uFE0F3\uFE004\u115F5\u17B46\u180B7\uFFA08", "8986\uFFFD0\uFFFD1\uFFFD2\uFFFD3\uFFFD4\uFFFD5\uFFFD6\uFFFD7\uFFFD8")]
    [InlineData("a\U000E0100b\U000E01EFc\U000E0041d", "a\uFFFD\uFFFDb\uFFFD\uFFFDc\uFFFD\uFFFDd")]
    [InlineData("\uFFFD \u8bbe\u5907 \U0001F4F1", "\uFFFD \u8bbe\u5907 \U0001F4F1")]
    [InlineData("", "")]
    public void What_a_terminal_would_interpret_is_replaced(string text, string shown) => Assert.Equal(shown, SafeText.Clean(text));

    [Fact]
    public void Half_a_character_is_replaced() => Assert.Equal("a\uFFFDb\uFFFD", SafeText.Clean("a" + '\uDC00' + "b" + '\uD800'));

    [Fact]
    public void No_control_or_invisible_character_of_all_of_Unicode_is_left()
    {
        for (var c = 0; c <= 0x10FFFF; c++)
        {
            var text = "x" + (c is >= 0xD800 and <= 0xDFFF ? ((char)c).ToString() : char.ConvertFromUtf32(c)) + "y";
            var isUnsafe = CharUnicodeInfo.GetUnicodeCategory(text, 1) is UnicodeCategory.Control or UnicodeCategory.Surrogate or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Format
                || DefaultIgnorable.Any(range => c >= range.First && c <= range.Last) || c == 0x2800;
            Assert.Equal(!isUnsafe, SafeText.IsClean(text));
            Assert.True(SafeText.IsClean(SafeText.Clean(text)));
            Assert.Equal(!isUnsafe, ReferenceEquals(SafeText.Clean(text), text));
        }
    }

    [Fact]
    public void A_text_is_truncated_between_characters()
    {
        Assert.Equal("abc…", SafeText.Clean("abcd", 3));
        Assert.Equal("abc", SafeText.Clean("abc", 3));
        Assert.Equal("ab…", SafeText.Clean("ab\U0001F4F1", 3));
        Assert.True(new UTF8Encoding(false, throwOnInvalidBytes: true).GetByteCount(SafeText.Clean("ab\U0001F4F1d", 3)) > 0);
    }

    [Theory]
    [InlineData("=HYPERLINK(\"http://x\")", "'=HYPERLINK(\"http://x\")")]
    [InlineData("@SUM(1)", "'@SUM(1)")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("\t=1", "' =1")]
    [InlineData("\r=1", "' =1")]
    [InlineData("\uFF1D1", "'\uFF1D1")]
    [InlineData("'=1", "'=1")]
    [InlineData("OK", "OK")]
    [InlineData("", "")]
    [InlineData(null, null)]
    public void What_a_spreadsheet_would_interpret_as_a_formula_is_exported_as_text(string? text, string? cell) => Assert.Equal(cell, SafeText.CleanCell(text));
}
