namespace IotCard.Sandbox.Tests;

public sealed class FleetTests
{
    [Theory]
    [InlineData("Iccid,Imei\n89860018521874998319,860456038157932\n")]
    [InlineData("\uFEFFICCID,imei\r\n\"89860018521874998319\", 860456038157932 \r\n")]
    [InlineData("Note,imei,Other,iccid\nfirst,860456038157932,,89860018521874998319\n\n")]
    public void A_CSV_contains_active_cards(string text)
    {
        var fleet = Fleet.FromCsv(new StringReader(text));

        var card = Assert.Single(fleet.Cards);
        Assert.Equal(("89860018521874998319", "860456038157932", false), (card.Iccid, card.Imei, card.Closed));
        Assert.True(fleet.KnowsDevice("861762040877246"));
    }

    [Fact]
    public void A_CSV_file_may_have_a_byte_order_mark()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "Iccid,Imei\n89860018521874998319,\n", new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: true));

            Assert.Null(Assert.Single(Fleet.FromCsv(path).Cards).Imei);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("", "Line 1: the column Iccid is missing.")]
    [InlineData("Iccid,Device\n", "Line 1: the column Imei is missing.")]
    [InlineData("Imei\n860456038157932\n", "Line 1: the column Iccid is missing.")]
    [InlineData("Iccid,Imei\n89860018521874998319,860456038157932\n\n89860018521874998319,861762040877246\n", "Line 4: the ICCID 89860018521874998319 occurs a second time.")]
    [InlineData("Iccid,Imei\n8.98600E+19,860456038157932\n", "Line 2: '8.98600E+19' is not an ICCID: 89, then 17 or 18 letters and digits.")]
    [InlineData("Iccid,Imei\n89860018521874998319,8604560381579\n", "Line 2: '8604560381579' is not an IMEI: 14 to 16 digits.")]
    [InlineData("Iccid,Imei\n,860456038157932\n", "Line 2: '' is not an ICCID: 89, then 17 or 18 letters and digits.")]
    public void A_bad_CSV_is_refused_with_the_line(string text, string message)
    {
        var exception = Assert.Throws<InvalidDataException>(() => Fleet.FromCsv(new StringReader(text)));

        Assert.Equal(message, exception.Message);
    }

    [Fact]
    public void An_unclosed_quotation_mark_is_refused_with_the_line()
    {
        var exception = Assert.Throws<InvalidDataException>(
            () => Fleet.FromCsv(new StringReader("Iccid,Imei\n89860018521874998319,860456038157932\n\"89860219070907095849,861762040877246\n")));

        Assert.StartsWith("Line 3: ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_cards_of_a_fleet_are_not_validated()
    {
        var fleet = Fleet.FromCards([("89860018521874998319", "0"), ("8986001852187499831", "860456038157932")]);

        Assert.Equal(2, fleet.Count);
        Assert.Equal("0", fleet.Find("89860018521874998319")!.Imei);
        Assert.Throws<ArgumentException>(() => Fleet.FromCards([("89860018521874998319", "1"), ("89860018521874998319", "2")]));
    }

    [Fact]
    public void A_generated_fleet_is_always_the_same_and_valid()
    {
        var fleet = Fleet.Generate(20_000);

        Assert.Equal(20_000, fleet.Count);
        Assert.Equal(20_000, fleet.Cards.Select(card => card.Imei).Distinct(StringComparer.Ordinal).Count());
        Assert.All(fleet.Cards.Where((_, i) => i % 100 == 7), card =>
        {
            Assert.Equal((20, 15), (card.Iccid.Length, card.Imei!.Length));
            Assert.True(Luhn.IsValid(card.Iccid) && Luhn.IsValid(card.Imei));
        });
        Assert.Equal(SyntheticNumbers.Imei(19_999), fleet.Find(SyntheticNumbers.Iccid(19_999))!.Imei);
        Assert.Equal(3, new[] { 999_999, 1_000_000, int.MaxValue }.Select(SyntheticNumbers.Imei).Where(Luhn.IsValid).Distinct(StringComparer.Ordinal).Count());
    }
}
