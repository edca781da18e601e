using IotCard.Client.Rules;

namespace IotCard.Client.Queries;

/// <summary>The card in the body of a response.</summary>
internal sealed class CardDetailData
{
    public CardDetail? VsimCardInfo { get; set; }
}
