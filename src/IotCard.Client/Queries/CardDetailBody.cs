namespace IotCard.Client.Queries;

/// <summary>The body of a response to <c>GetCardDetail</c>.</summary>
internal sealed class CardDetailBody
{
    public bool? Success { get; set; }

    public string? ErrorMessage { get; set; }

    public string? LocalizedMessage { get; set; }

    public CardDetailData? Data { get; set; }
}
