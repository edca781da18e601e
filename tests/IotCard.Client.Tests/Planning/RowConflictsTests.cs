using IotCard.Client.Cards;
using IotCard.Client.Planning;

namespace IotCard.Client.Tests.Planning;

/// <summary>Conflicts between the rows of one list.</summary>
public sealed class RowConflictsTests
{
    private const string A = "490154203237518";
    private const string B = "353918052345671";
    private const string C = "863588024298614";
    private const string D = "861762042456544";

    [Fact]
    public void A_repeated_row_points_to_the_first_and_the_first_is_fine() =>
        Assert.Equal([null, "DuplicateRow 1", "DuplicateRow 1"], Find(Rebind(1, A, B), Rebind(1, A, B), Rebind(1, A, B)));

    [Fact]
    public void A_card_with_two_devices_is_reported_for_both_rows()
    {
        Assert.Equal(["CardTwice 2", "CardTwice 1"], Find(Rebind(1, A, B), Rebind(1, A, C)));
        Assert.Equal(["CardTwice 2", "CardTwice 1"], Find(Unbind(1, A), Unbind(1, B)));
    }

    [Fact]
    public void A_device_given_to_two_cards_is_reported_for_both_rows_even_if_its_IMEI_is_written_differently()
    {
        Assert.Equal(["DeviceTwice 2", "DeviceTwice 1"], Find(Rebind(1, A, C), Rebind(2, B, C)));
        Assert.Equal(["DeviceTwice 2", "DeviceTwice 1"], Find(Rebind(1, A, C), Rebind(2, B, C[..14])));
        Assert.Equal(["DeviceTwice 2", "DeviceTwice 1"], Find(Unbind(1, A), Unbind(2, A[..14] + "05")));
    }

    [Fact]
    public void A_card_that_moves_on_and_devices_that_are_swapped_contradict_nothing()
    {
        Assert.Equal([null, null], Find(Rebind(1, A, B), Rebind(1, B, C)));
        Assert.Equal([null, null], Find(Rebind(1, A, B), Rebind(2, B, A)));
        Assert.Equal([null, null, null], Find(Rebind(1, A, B), Rebind(2, C, D), Rebind(1, B, A)));
    }

    [Fact]
    public void Many_rows_of_one_card_cost_no_more_than_as_many_cards()
    {
        // With quadratic time, a hundred thousand rows would take minutes; nothing here looks at the clock.
        var rows = Enumerable.Range(0, 100_000).Select(static i => Rebind(1, A, $"{20_000_000_000_000 + i}")).ToArray();

        var found = Find(rows);

        Assert.Equal("CardTwice 2", found[0]);
        Assert.Equal("CardTwice 2", found[^1]);
    }

    [Theory]
    [InlineData("89860012345678900000", true)]
    [InlineData("8986001234567890000", true)]
    [InlineData("89860012345678900001", false)]
    [InlineData("8986001234567890000A", false)]
    [InlineData("898600123456789", false)]
    public void A_rounded_number_is_recognized(string iccid, bool isRounded) => Assert.Equal(isRounded, SpreadsheetNumber.IsRounded(iccid));

    private static BindingRow Rebind(int card, string imei, string newImei) => BindingRow.Rebind($"8986041234567890000{card}", imei, newImei);

    private static BindingRow Unbind(int card, string imei) => BindingRow.Unbind($"8986041234567890000{card}", imei);

    private static string?[] Find(params BindingRow[] rows)
    {
        var conflicts = new RowConflicts([.. rows.Select(static (row, i) => row with { RowNumber = i + 1 })]);
        return [.. rows.Select((_, i) => conflicts.Find(i) is { } found ? $"{found.Code} {found.OtherRow}" : null)];
    }
}
