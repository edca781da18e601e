using IotCard.Client.Cards;
using IotCard.Client.Rules;

namespace IotCard.Client.Tests.Rules;

/// <summary>The table of what the service's answers about a card and a new device mean for a row.</summary>
public sealed class LookupRulesTests
{
    private const string InUse = "30";
    private const string Closed = "50";

    private static readonly string Old = SyntheticNumbers.Imei(0);
    private static readonly string New = SyntheticNumbers.Imei(1);
    private static readonly string Third = SyntheticNumbers.Imei(2);
    private static readonly BindingRow Rebind = BindingRow.Rebind("89860412345678901234", Old, New);
    private static readonly BindingRow Unbind = BindingRow.Unbind("89860412345678901234", Old);

    public enum Shown
    {
        Nothing,
        NoImei,
        OldDevice,
        OldDeviceWithAnotherVersion,
        NewDevice,
        ThirdDevice,
    }

    [Theory]
    [InlineData(Shown.Nothing, RowAction.Send, null)]
    [InlineData(Shown.NoImei, RowAction.Send, null)]
    [InlineData(Shown.OldDevice, RowAction.Send, null)]
    [InlineData(Shown.OldDeviceWithAnotherVersion, RowAction.Send, null)]
    [InlineData(Shown.NewDevice, RowAction.Unknown, "SeenInNewDevice")]
    [InlineData(Shown.ThirdDevice, RowAction.Refuse, "BoundElsewhere")]
    public void A_rebind_is_decided_by_the_device_that_the_service_shows(Shown shown, object action, string? code)
    {
        var decision = LookupRules.Decide(Rebind, Card(InUse, ImeiOf(shown)), Device(isKnown: true));

        Assert.Equal(((RowAction)action, code), (decision.Action, decision.Code));
        Assert.Equal(shown is Shown.NewDevice or Shown.ThirdDevice ? ImeiOf(shown) : null, decision.ShownImei);
    }

    [Theory]
    [InlineData(Shown.Nothing, RowAction.Send, null)]
    [InlineData(Shown.OldDevice, RowAction.Send, null)]
    [InlineData(Shown.ThirdDevice, RowAction.Refuse, "BoundElsewhere")]
    public void An_unbind_is_decided_by_the_device_that_the_service_shows(Shown shown, object action, string? code)
    {
        var decision = LookupRules.Decide(Unbind, Card(InUse, ImeiOf(shown)), device: null);

        Assert.Equal(((RowAction)action, code), (decision.Action, decision.Code));
    }

    [Fact]
    public void A_closed_card_is_done_for_an_unbind_and_refused_for_a_rebind_whatever_its_device()
    {
        foreach (var imei in new[] { null, Old, New, Third })
        {
            Assert.Equal(new RowDecision(RowAction.AlreadyDone, "CardClosed"), LookupRules.Decide(Unbind, Card(Closed, imei), device: null));
            Assert.Equal(new RowDecision(RowAction.Refuse, "CardClosed"), LookupRules.Decide(Rebind, Card(Closed, imei), Device(isKnown: true)));
        }
    }

    [Fact]
    public void A_card_that_the_service_does_not_know_is_refused_and_one_that_could_not_be_looked_up_is_unknown()
    {
        var refused = new QueryOutcome<CardDetail> { Code = "linkcard.common.CardNotExist", IsRefusedByService = true };
        var lost = new QueryOutcome<CardDetail> { Code = "NotConnected" };

        Assert.Equal(new RowDecision(RowAction.Refuse, "CardNotFound"), LookupRules.Decide(Unbind, refused, device: null));
        Assert.Equal(new RowDecision(RowAction.Unknown, "NotConnected"), LookupRules.Decide(Unbind, lost, device: null));
    }

    [Fact]
    public void A_new_device_has_to_be_uploaded_and_to_be_looked_up()
    {
        var card = Card(InUse, Old);

        Assert.Equal(new RowDecision(RowAction.Refuse, "DeviceNotUploaded"), LookupRules.Decide(Rebind, card, Device(isKnown: false)));
        Assert.Equal(
            new RowDecision(RowAction.Refuse, "isv.ERROR_IMEI_ERROR"),
            LookupRules.Decide(Rebind, card, new QueryOutcome<bool> { Code = "isv.ERROR_IMEI_ERROR", IsRefusedByService = true }));
        Assert.Equal(new RowDecision(RowAction.Unknown, "Timeout"), LookupRules.Decide(Rebind, card, new QueryOutcome<bool> { Code = "Timeout" }));
    }

    /// <summary>Where the card itself decides, the new device does not matter.</summary>
    [Fact]
    public void The_card_is_looked_at_before_its_new_device() =>
        Assert.Equal("BoundElsewhere", LookupRules.Decide(Rebind, Card(InUse, Third), Device(isKnown: false)).Code);

    private static string? ImeiOf(Shown shown) => shown switch
    {
        Shown.NoImei => "unknown",
        Shown.OldDevice => Old,
        Shown.OldDeviceWithAnotherVersion => Old[..14] + "07",
        Shown.NewDevice => New,
        Shown.ThirdDevice => Third,
        _ => null,
    };

    private static QueryOutcome<CardDetail> Card(string status, string? imei) =>
        new() { Code = OutcomeCode.Ok, Value = new CardDetail { Status = status, DeviceImei = imei } };

    private static QueryOutcome<bool> Device(bool isKnown) => new() { Code = OutcomeCode.Ok, Value = isKnown };
}
