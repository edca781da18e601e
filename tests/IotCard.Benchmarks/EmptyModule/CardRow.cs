namespace EmptyModule;

/// <summary>A card to rebind.</summary>
/// <param name="Iccid">The card's ICCID.</param>
/// <param name="Imei">The IMEI that the card is bound to.</param>
/// <param name="NewImei">The IMEI of the new device.</param>
internal readonly record struct CardRow(string Iccid, string Imei, string NewImei);
