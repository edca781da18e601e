namespace IotCard.Client.Queries;

/// <summary>What the body holds of the card.</summary>
internal sealed class CardDetailData
{
    public CardDetail? VsimCardInfo { get; set; }
}
