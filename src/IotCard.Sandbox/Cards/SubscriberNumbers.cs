namespace IotCard.Sandbox.Cards;

/// <summary>Made-up subscriber numbers, always the same for a card.</summary>
internal static class SubscriberNumbers
{
    public static string Imsi(Card card) => Create("46000", card);

    public static string Msisdn(Card card) => Create("10648", card);

    // The card's last characters, as digits, after a prefix of the field.
    private static string Create(string prefix, Card card) =>
        prefix + string.Concat(card.Iccid.PadLeft(10, '0')[^10..].Select(c => (char)('0' + (c % 10))));
}
