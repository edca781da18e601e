namespace IotCard.Client.Queries;

/// <summary>The body of a response to <c>DoIotIsImeiExist</c>.</summary>
internal sealed class ImeiExistBody
{
    public ImeiExistPayload? IotImeiExist { get; set; }
}
