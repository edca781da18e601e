namespace IotCard.Client.Queries;

/// <summary>The body of a response to <c>DoIotPostImei</c>.</summary>
internal sealed class PostImeiBody
{
    public PostImeiPayload? IotPostImei { get; set; }
}
