using CsCheck;
using IotCard.Client.Cards;

namespace IotCard.Client.Tests.Cards;

public sealed class RowCheckTests
{
    private const string Iccid = "89860412345678901234";
    private const string Imei = "490154203237518";
    private const string NewImei = "353918052345671";

    [Theory]
    [InlineData("89860412345678901234")]
    [InlineData("8986041234567890123")]
    [InlineData("898604A1b2C3d4E5f6G7")]
    [InlineData("89860E12345678901234")]
    [InlineData("898604A234567890123F")]
    [InlineData("89860412345678910000")]
    public void Every_format_of_ICCID_in_use_is_accepted(string iccid) =>
        Assert.Null(RowCheck.FindFault(BindingRow.Unbind(iccid, Imei)));

    [Theory]
    [InlineData("86045603815793")]
    [InlineData("490154203237518")]
    [InlineData("490154203237510")]
    [InlineData("4901542032375181")]
    public void Every_format_of_a_bound_IMEI_is_accepted(string imei) =>
        Assert.Null(RowCheck.FindFault(BindingRow.Unbind(Iccid, imei)));

    [Theory]
    [InlineData("", RowFaultReason.Empty, "InvalidIccid")]
    [InlineData("   ", RowFaultReason.Empty, "InvalidIccid")]
    [InlineData("'", RowFaultReason.Empty, "InvalidIccid")]
    [InlineData(null, RowFaultReason.Empty, "InvalidIccid")]
    [InlineData("898604123456789012", RowFaultReason.Length, "InvalidIccid")]
    [InlineData("898604123456789012345", RowFaultReason.Length, "InvalidIccid")]
    [InlineData("79860412345678901234", RowFaultReason.Prefix, "InvalidIccid")]
    [InlineData("8986041234567890123-", RowFaultReason.Character, "InvalidIccid")]
    [InlineData("8986 0412 3456 7890 1", RowFaultReason.Character, "InvalidIccid")]
    [InlineData("\uFF189860412345678901234", RowFaultReason.FullWidth, "InvalidIccid")]
    [InlineData("8986041234567890123\uFF14", RowFaultReason.FullWidth, "InvalidIccid")]
    [InlineData("8986O412345678901234", RowFaultReason.LetterO, "InvalidIccid")]
    [InlineData("898604123456789o123", RowFaultReason.LetterO, "InvalidIccid")]
    [InlineData("8986041234567890123F", RowFaultReason.Filler, "InvalidIccid")]
    [InlineData("8986041234567890123f", RowFaultReason.Filler, "InvalidIccid")]
    [InlineData("898604123456789012FF", RowFaultReason.Filler, "InvalidIccid")]
    [InlineData("89860412345678900000", RowFaultReason.Rounded, "SpreadsheetRounded")]
    [InlineData("8986041234567890000", RowFaultReason.Rounded, "SpreadsheetRounded")]
    [InlineData("8986041234567890123.0", RowFaultReason.SpreadsheetNumber, "SpreadsheetNumber")]
    [InlineData("8986041234567890123\u200B", RowFaultReason.Character, "InvalidIccid")]
    [InlineData("8.98604E+19", RowFaultReason.SpreadsheetNumber, "SpreadsheetNumber")]
    [InlineData("8,98604E+19", RowFaultReason.SpreadsheetNumber, "SpreadsheetNumber")]
    [InlineData("8.98604123456789E+19", RowFaultReason.SpreadsheetNumber, "SpreadsheetNumber")]
    [InlineData("9E+19", RowFaultReason.SpreadsheetNumber, "SpreadsheetNumber")]
    [InlineData("89860412345678901234.0", RowFaultReason.SpreadsheetNumber, "SpreadsheetNumber")]
    public void What_is_not_an_ICCID_is_refused(string? iccid, RowFaultReason reason, string code)
    {
        var fault = RowCheck.FindFault(BindingRow.Unbind(iccid, Imei));

        Assert.NotNull(fault);
        Assert.Equal((reason, code, "Iccid"), (fault.Reason, fault.Code, fault.Field));
    }

    [Theory]
    [InlineData("", RowFaultReason.Empty, "InvalidImei")]
    [InlineData("4901542032375", RowFaultReason.Length, "InvalidImei")]
    [InlineData("49015420323751812", RowFaultReason.Length, "InvalidImei")]
    [InlineData("49015420323751A", RowFaultReason.Character, "InvalidImei")]
    [InlineData("\uFF1490154203237518", RowFaultReason.FullWidth, "InvalidImei")]
    [InlineData("49O154203237518", RowFaultReason.LetterO, "InvalidImei")]
    [InlineData("490154203237518F", RowFaultReason.Filler, "InvalidImei")]
    [InlineData("490154203237518.0", RowFaultReason.SpreadsheetNumber, "SpreadsheetNumber")]
    [InlineData("12345678901237", RowFaultReason.LeadingZeroLost, "LeadingZeroLost")]
    [InlineData("\u066490154203237518", RowFaultReason.Character, "InvalidImei")]
    [InlineData("4.90154E+14", RowFaultReason.SpreadsheetNumber, "SpreadsheetNumber")]
    public void What_is_not_an_IMEI_is_refused_in_any_column(string imei, RowFaultReason reason, string code)
    {
        var bound = RowCheck.FindFault(BindingRow.Unbind(Iccid, imei));
        var target = RowCheck.FindFault(BindingRow.Rebind(Iccid, Imei, imei));

        Assert.NotNull(bound);
        Assert.NotNull(target);
        Assert.Equal((reason, code, "Imei"), (bound.Reason, bound.Code, bound.Field));
        Assert.Equal((reason, code, "NewImei"), (target.Reason, target.Code, target.Field));
    }

    [Fact]
    public void A_new_IMEI_with_a_wrong_check_digit_is_refused_unless_the_check_is_skipped()
    {
        var row = BindingRow.Rebind(Iccid, Imei, "353918052345672");

        Assert.Equal("ImeiCheckDigit", RowCheck.FindFault(row)?.Code);
        Assert.Null(RowCheck.FindFault(row, skipCheckDigit: true));
    }

    [Theory]
    [InlineData("12345678901237", "LeadingZeroLost")]
    [InlineData("12345678901236", null)]
    public void A_14_digit_IMEI_that_a_zero_would_make_valid_passes_only_where_the_check_digit_is_to_be_skipped(string imei, string? code)
    {
        Assert.Equal(code, RowCheck.FindFault(BindingRow.Unbind(Iccid, imei))?.Code);
        Assert.Equal(code, RowCheck.FindFault(BindingRow.Rebind(Iccid, Imei, imei))?.Code);
        Assert.Null(RowCheck.FindFault(BindingRow.Unbind(Iccid, imei), skipCheckDigit: true));
        Assert.Null(RowCheck.FindFault(BindingRow.Rebind(Iccid, Imei, imei), skipCheckDigit: true));
    }

    [Fact]
    public void A_new_IMEI_that_is_the_bound_one_is_refused() =>
        Assert.Equal("SameImei", RowCheck.FindFault(BindingRow.Rebind(Iccid, Imei, " " + Imei))?.Code);

    [Fact]
    public void A_refusal_has_the_position_of_an_invalid_character() =>
        Assert.Equal(4, RowCheck.FindFault(BindingRow.Unbind("8986-412345678901234", Imei))?.Position);

    [Theory]
    [InlineData(" 89860412345678901234 ")]
    [InlineData("\u00A089860412345678901234\t")]
    [InlineData("\u300089860412345678901234")]
    [InlineData("'89860412345678901234")]
    [InlineData(" ' 89860412345678901234")]
    [InlineData("=\"89860412345678901234\"")]
    [InlineData(" =\" 89860412345678901234 \" ")]
    public void Blanks_a_leading_apostrophe_and_a_spreadsheets_text_form_are_trimmed(string cell)
    {
        var row = BindingRow.Rebind(cell, Imei, NewImei);

        Assert.Equal(Iccid, row.Iccid);
        Assert.Null(RowCheck.FindFault(row));
    }

    [Theory]
    [InlineData("=89860412345678901234")]
    [InlineData("=\"89860412345678901234")]
    [InlineData("\"89860412345678901234\"")]
    [InlineData("=\"")]
    [InlineData("=\"\"")]
    [InlineData("=\"89860412345678901234\"&\"1\"")]
    [InlineData("=\"'89860412345678901234\"")]
    [InlineData("=A1")]
    public void Any_other_formula_is_left_unchanged(string cell) =>
        Assert.Equal("InvalidIccid", RowCheck.FindFault(BindingRow.Unbind(cell, Imei))?.Code);

    [Fact]
    public void A_row_returns_its_cells_as_they_were_entered()
    {
        var row = BindingRow.Rebind(" =\"8.98E+19\" ", "'" + Imei, null);

        Assert.Equal(("8.98E+19", Imei, string.Empty), (row.Iccid, row.Imei, row.NewImei));
        Assert.Equal((" =\"8.98E+19\" ", "'" + Imei, string.Empty), (row.AsEntered().Iccid, row.AsEntered().Imei, row.AsEntered().NewImei));
        Assert.Null(BindingRow.Unbind(Iccid, Imei).AsEntered().NewImei);
    }

    [Fact]
    public void Letter_case_and_every_digit_are_kept() =>
        Gen.Char["0123456789ABCDEFabcdef"].Array[16, 17].Sample(tail =>
        {
            var iccid = "89" + new string(tail) + "7";

            Assert.Equal(iccid, BindingRow.Unbind(iccid, Imei).Iccid);
            Assert.Null(RowCheck.FindFault(BindingRow.Unbind(iccid, Imei)));
        });

    [Fact]
    public void The_check_of_a_row_never_throws_and_accepts_nothing_malformed() =>
        Gen.Select(Gen.String[0, 40], Gen.String[0, 40], Gen.String[0, 40]).Sample((iccid, imei, newImei) =>
        {
            var row = BindingRow.Rebind(iccid, imei, newImei);
            if (RowCheck.FindFault(row) is null)
            {
                Assert.Matches("^89[0-9A-Za-z]{17,18}$", row.Iccid);
                Assert.Matches("^[0-9]{14,16}$", row.Imei);
                Assert.Matches("^[0-9]{14,16}$", row.NewImei);
            }
        });

    [Theory]
    [InlineData("490154203237518", true)]
    [InlineData("490154203237519", false)]
    [InlineData("0", false)]
    [InlineData("18", true)]
    [InlineData("1a", false)]
    public void A_check_digit_is_verified(string digits, bool right) => Assert.Equal(right, CheckDigit.IsValid(digits));
}
